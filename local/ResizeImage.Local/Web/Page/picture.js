import { h } from './dom.js';

/** A picture from S3 or of the page's server. It loads again when the object has changed, not when only its presigned URL has. */
export class Picture {
  #image = null;
  #shown = null;
  #fallback = null;

  /** @param {string} missing shown while there is no picture */
  constructor(missing) {
    this.missing = missing;
    this.element = h('span', { class: 'picture' });
    this.#showNothing();
  }

  /**
   * @param {{key: string, eTag: string, url: string, fallback?: string}|null|undefined} object fallback is loaded if url cannot be; it may come later
   * @param {string} alt the content; empty where the text beside it says it
   */
  show(object, alt) {
    const shown = object ? `${object.key} ${object.eTag}` : null;
    if (shown !== this.#shown) {
      this.#shown = shown;
      this.#fallback = object?.fallback ?? null;
      if (object) this.#load(object.url, object.eTag);
      else this.#showNothing();
    } else if (object && this.#fallback === null && object.fallback) {
      this.#fallback = object.fallback;
      if (!this.#image) this.#load(object.fallback, object.eTag);
    }
    if (this.#image) this.#image.alt = alt;
  }

  // The fragment makes the browser ask again for a URL that it has already shown.
  #load(url, eTag) {
    const image = h('img', {
      crossOrigin: 'anonymous', loading: 'lazy', decoding: 'async', src: `${url}#${eTag}`, alt: this.#image?.alt ?? '',
      onload: () => this.#loaded(image),
      onerror: () => {
        if (image !== this.#image) return;
        if (this.#fallback && this.#fallback !== url) this.#load(this.#fallback, eTag);
        else this.#showNothing();
      },
    });
    this.#image = image;
    this.element.classList.remove('none', 'loaded', 'transparent');
    this.element.replaceChildren(image);
  }

  #loaded(image) {
    if (image !== this.#image) return;
    this.element.classList.toggle('transparent', isTransparent(image));
    this.element.classList.add('loaded');
  }

  #showNothing() {
    this.#image = null;
    this.element.classList.remove('loaded', 'transparent');
    this.element.classList.add('none');
    this.element.textContent = this.missing;
  }
}

/** Whether anything shines through: only then a pattern under the picture means something. */
export function isTransparent(image) {
  const side = 64;
  const context = new OffscreenCanvas(side, side).getContext('2d', { willReadFrequently: true });
  context.drawImage(image, 0, 0, side, side);
  const { data } = context.getImageData(0, 0, side, side);
  for (let i = 3; i < data.length; i += 4) {
    if (data[i] < 255) return true;
  }
  return false;
}
