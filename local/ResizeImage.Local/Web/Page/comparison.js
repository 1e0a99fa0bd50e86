import { attempt } from './announcer.js';
import { getEvent, sendEvent } from './api.js';
import { fill, h, labelled } from './dom.js';
import { bytes } from './format.js';
import { isTransparent } from './picture.js';
import { store } from './store.js';

/** A photo's thumbnail before and after a change of settings. What S3 replaces is kept here. */
export class Comparison {
  #photo = h('select', { name: 'photo', onchange: () => attempt(() => this.#showNow()) });
  #figures = h('div', { class: 'before-after' });
  #before = null;

  constructor() {
    this.element = h('div', { class: 'panel' },
      h('h2', {}, 'Before and after'),
      h('p', { class: 'muted' }, 'Change something and apply it: the thumbnail of this photo is made again, and both are shown.'),
      labelled('Photo', this.#photo),
      this.#figures);
    store.addEventListener('change', ({ detail }) => {
      if (detail.photos === null || detail.photos.length > 0) this.#choices();
    });
  }

  /** Keeps the thumbnail as it is now. */
  async begin(settings) {
    const photo = this.#chosen();
    this.#before = photo && { key: photo.key, figure: await this.#figure('Before', photo, settings) };
  }

  /** Has the thumbnail made again, and shows both. */
  async end(settings) {
    if (!this.#before) return;
    const { key, figure } = this.#before;
    fill(this.#figures, figure, h('p', { class: 'muted', role: 'status' }, 'Being made…'));
    const { id } = await sendEvent(await getEvent(key));
    const isDone = () => ['succeeded', 'failed'].includes(store.invocations.get(id)?.status) && store.photos.get(key)?.invocationId === id;
    await store.until(() => isDone() || !store.photos.has(key));
    fill(this.#figures, figure, store.photos.has(key) && await this.#figure('After', store.photos.get(key), settings));
  }

  /** The photo to compare, if it has a thumbnail. */
  #chosen() {
    const photo = store.photos.get(this.#photo.value);
    return photo?.thumbnail ? photo : null;
  }

  async #showNow() {
    this.#before = null;
    const photo = this.#chosen();
    const figure = photo && store.cloud.function && await this.#figure('Now', photo, store.cloud.function.settings);
    if (photo?.key === this.#chosen()?.key && this.#before === null) fill(this.#figures, figure);
  }

  async #figure(title, photo, settings) {
    const file = await (await fetch(photo.thumbnail.url, { cache: 'no-store' })).blob();
    const url = URL.createObjectURL(file);
    const image = h('img', { src: url, alt: `${title}: the thumbnail of ${photo.name}` });
    await image.decode();
    URL.revokeObjectURL(url);
    return h('figure', { dataset: { title } }, h('span', { class: `picture loaded${isTransparent(image) ? ' transparent' : ''}` }, image),
      h('figcaption', {}, h('b', {}, title), h('br'),
        `${image.naturalWidth} × ${image.naturalHeight}, ${file.type.replace('image/', '').toUpperCase()}, ${bytes(file.size)}`, h('br'),
        title !== 'Now' && `${settings.fit}, quality ${settings.quality}, ${settings.background}`));
  }

  #choices() {
    const value = this.#photo.value;
    const photos = [...store.photos.values()].filter((photo) => photo.thumbnail).sort((a, b) => a.name.localeCompare(b.name));
    fill(this.#photo, photos.map((photo) => h('option', { value: photo.key, selected: photo.key === value }, photo.name)));
    this.#photo.disabled = photos.length === 0;
    if (this.#photo.value !== value) attempt(() => this.#showNow());
  }
}
