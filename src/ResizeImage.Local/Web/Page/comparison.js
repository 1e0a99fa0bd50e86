import { getEvent, sendEvent } from './api.js';
import { fill, h, labelled } from './dom.js';
import { bytes } from './format.js';
import { store } from './store.js';

/** A photo's thumbnail before and after a change of settings. What S3 replaces is kept here. */
export class Comparison {
  #photo = h('select', { name: 'photo' });
  #figures = h('div', { class: 'before-after' });
  #before = null;
  #urls = [];

  constructor() {
    this.element = h('div', { class: 'panel' },
      h('h2', {}, 'Before and after'),
      labelled('Photo', this.#photo),
      this.#figures);
    this.#explain();
    store.addEventListener('change', ({ detail }) => {
      if (detail.photos === null || detail.photos.length > 0) this.#choices();
    });
  }

  /** Keeps the thumbnail as it is now. */
  async begin(settings) {
    for (const url of this.#urls.splice(0)) URL.revokeObjectURL(url);
    const photo = store.photos.get(this.#photo.value);
    this.#before = photo?.thumbnail ? { key: photo.key, etag: photo.thumbnail.etag, figure: await this.#figure('Before', photo, settings) } : null;
  }

  /** Has the thumbnail made again, and shows both. */
  async end(settings) {
    if (!this.#before) return;
    const { key, figure } = this.#before;
    fill(this.#figures, figure, h('p', { class: 'muted', role: 'status' }, 'Being made…'));
    const { id } = await sendEvent(await getEvent(key));
    await store.until(() => store.photos.get(key)?.invocationId === id && store.invocations.get(id)?.status === 'succeeded'
      || store.invocations.get(id)?.status === 'failed');
    fill(this.#figures, figure, await this.#figure('After', store.photos.get(key), settings));
  }

  async #figure(title, photo, settings) {
    const file = await (await fetch(photo.thumbnail.url, { cache: 'no-store' })).blob();
    const url = URL.createObjectURL(file);
    this.#urls.push(url);
    const image = h('img', { src: url, alt: `${title}: the thumbnail of ${photo.name}` });
    await image.decode();
    return h('figure', { dataset: { title } }, h('span', { class: 'picture loaded' }, image),
      h('figcaption', {}, h('b', {}, title), h('br'),
        `${image.naturalWidth} × ${image.naturalHeight}, ${file.type.replace('image/', '').toUpperCase()}, ${bytes(file.size)}`, h('br'),
        h('span', { class: 'muted' }, `${settings.fit}, quality ${settings.quality}, ${settings.background}`)));
  }

  #choices() {
    const value = this.#photo.value;
    const photos = [...store.photos.values()].filter((photo) => photo.thumbnail).sort((a, b) => a.name.localeCompare(b.name));
    fill(this.#photo, photos.map((photo) => h('option', { value: photo.key, selected: photo.key === value }, photo.name)));
    this.#photo.disabled = photos.length === 0;
  }

  #explain() {
    fill(this.#figures, h('p', { class: 'muted' }, 'Change something and apply it: the thumbnail of this photo is made again, and both are shown side by side.'));
  }
}
