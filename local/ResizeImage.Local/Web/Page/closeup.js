import { previewOf } from './api.js';
import { findCrop } from './crop.js';
import { fill, h } from './dom.js';
import { slider } from './slider.js';
import { store } from './store.js';

const zooms = [1, 2, 4, 8];

async function load(...urls) {
  const image = h('img', { crossOrigin: 'anonymous' });
  for (const url of urls) {
    image.src = url;
    try {
      await image.decode();
      return image;
    } catch {
      // The browser cannot show a HEIC photo; the next URL is its preview.
    }
  }
  return null;
}

/** A photo and its thumbnail under a slider, enlarged: what the thumbnail keeps of the photo. */
export class Closeup {
  #stage = h('div');
  #shown = null;
  #zoom = zooms[0];

  constructor() {
    this.element = h('section', { class: 'closeup', 'aria-label': 'Photo and thumbnail compared', hidden: true }, this.#stage, h('div', { class: 'closeup-side' },
      h('p', { class: 'muted small' }, 'What the thumbnail keeps of the photo. Drag the line; the zoom follows it, and the height of the pointer.'),
      h('div', { class: 'zooms', role: 'group', 'aria-label': 'Zoom' }, zooms.map((zoom) => h('button', { type: 'button', 'aria-pressed': zoom === this.#zoom, onclick: () => this.#enlarge(zoom) }, `${zoom}×`)))));
  }

  /** @param {object|null} photo with a thumbnail that is the only one; null for none */
  async show(photo) {
    const shown = photo && `${photo.key} ${photo.eTag} ${photo.thumbnail.eTag}`;
    if (shown === this.#shown) return;
    this.#shown = shown;
    if (!photo) {
      this.element.hidden = true;
      return;
    }
    const { url, eTag } = photo.thumbnail;
    const [original, thumbnail] = await Promise.all([load(`${photo.url}#${photo.eTag}`, previewOf(photo)), load(`${url}#${eTag}`)]);
    if (shown !== this.#shown) return;
    this.element.hidden = !original || !thumbnail;
    if (this.element.hidden) return;
    const fit = store.cloud.function?.settings.fit;
    original.style.objectFit = fit === 'contain' || fit === 'fill' ? fit : 'cover';
    original.style.objectPosition = original.style.objectFit === 'cover' ? findCrop(original, thumbnail) : '50% 50%';
    // Both as large as the dialog has room, not in the few pixels of the thumbnail.
    const scale = Math.max(1, 480 / thumbnail.naturalWidth);
    const [width, height] = [thumbnail.naturalWidth * scale, thumbnail.naturalHeight * scale];
    fill(this.#stage, slider({ image: original, width, height }, { image: thumbnail, width, height }, { label: 'Photo on the left, thumbnail on the right', names: ['photo', 'thumbnail'] }));
    this.#enlarge(this.#zoom);
  }

  #enlarge(zoom) {
    this.#zoom = zoom;
    this.#stage.style.setProperty('--zoom', zoom);
    for (const button of this.element.querySelectorAll('.zooms button')) button.setAttribute('aria-pressed', button.textContent === `${zoom}×`);
  }
}
