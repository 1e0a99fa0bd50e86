import { h } from './dom.js';

/** A picture that lies in S3. It loads again when the object has changed, not when merely its presigned URL has. */
export class Picture {
  #image = null;
  #shown = null;

  /** @param {string} missing what stands there while there is no picture */
  constructor(missing) {
    this.missing = missing;
    this.element = h('span', { class: 'picture' });
    this.#showNothing();
  }

  /**
   * @param {{key: string, etag: string, url: string}|null|undefined} object
   * @param {string} alt what is to be seen; empty where the text beside it says so
   */
  show(object, alt) {
    const shown = object ? `${object.key} ${object.etag}` : null;
    if (shown !== this.#shown) {
      this.#shown = shown;
      if (object) this.#load(object);
      else this.#showNothing();
    }
    if (this.#image) this.#image.alt = alt;
  }

  // The fragment makes the browser ask again for a URL that it has already shown.
  #load(object) {
    this.#image = h('img', {
      crossOrigin: 'anonymous', loading: 'lazy', decoding: 'async', src: `${object.url}#${object.etag}`,
      onload: () => this.element.classList.add('loaded'), onerror: () => this.#showNothing(),
    });
    this.element.classList.remove('none', 'loaded');
    this.element.replaceChildren(this.#image);
  }

  #showNothing() {
    this.#image = null;
    this.element.classList.remove('loaded');
    this.element.classList.add('none');
    this.element.textContent = this.missing;
  }
}
