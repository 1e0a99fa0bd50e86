import { fill, h, labelled } from './dom.js';
import { store } from './store.js';

/** The photo in an image tag with srcset, as a page would show it: the browser takes the size that it needs, and one with ? is made then. */
export class Responsive {
  #image = h('img', { alt: '' });
  #taken = h('output', { class: 'muted' });
  #tag = h('code');
  #frame = h('div', { class: 'responsive-frame', role: 'group', tabIndex: 0, 'aria-label': 'The image' }, this.#image);
  #width = h('input', { type: 'range', min: 100, max: 1600, value: 300, oninput: () => this.#resize() });
  #sizes = [];
  #shown = '';

  constructor() {
    this.element = h('section', { class: 'responsive', hidden: true },
      h('h3', {}, 'On a page'),
      h('p', { class: 'muted' }, 'One image tag with all sizes. The browser requests the one that it needs, and the function makes a size with ? on its first request.'),
      labelled('Width on the page', this.#width),
      this.#frame,
      this.#taken,
      h('pre', { tabIndex: 0, 'aria-label': 'The image tag' }, this.#tag));
    this.#image.addEventListener('load', () => this.#describe());
    this.#image.addEventListener('error', () => fill(this.#taken, 'There is no thumbnail of this photo.'));
  }

  /** @param {{key: string, name: string, eTag: string}|null} photo */
  show(photo) {
    const front = store.cloud?.front;
    this.element.hidden = !photo || !front || front.sizes.length === 0;
    if (this.element.hidden) return;
    const shown = JSON.stringify([photo.key, photo.eTag, front]);
    if (shown === this.#shown) return;
    this.#shown = shown;
    this.#sizes = front.sizes.filter(({ isWebp }) => !isWebp);
    const path = photo.key.slice(store.cloud.inputPrefix.length).split('/').map(encodeURIComponent).join('/');
    const srcset = this.#sizes.map(({ name, width }) => `${front.url}${encodeURIComponent(name)}/${path} ${width}w`);
    // The browser chooses again, and takes nothing that it has kept of another photo.
    this.#image.removeAttribute('srcset');
    this.#image.alt = `The photo ${photo.name} on a page`;
    this.#resize();
    this.#image.srcset = srcset.join(', ');
    this.#tag.textContent = `<img sizes="100vw" alt="…"\n     srcset="${srcset.join(',\n             ')}">`;
  }

  #resize() {
    const width = Number(this.#width.value);
    this.#frame.style.setProperty('--shown', `${width}px`);
    this.#image.sizes = `${width}px`;
  }

  #describe() {
    const url = this.#image.currentSrc;
    const size = this.#sizes.find(({ name }) => url.includes(`/${encodeURIComponent(name)}/`));
    const [last] = performance.getEntriesByName(url).slice(-1);
    fill(this.#taken, `The browser took ${size?.name ?? url}${size?.isOnRequest ? ', which is made on request' : ''}${last ? `, in ${Math.round(last.duration)} ms` : ''}.`);
  }
}
