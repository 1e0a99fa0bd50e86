import { attempt } from './announcer.js';
import { getEvent, sendEvent } from './api.js';
import { fill, h, labelled } from './dom.js';
import { bytes, dimensions, fileType } from './format.js';
import { isTransparent } from './picture.js';
import { slider } from './slider.js';
import { loadStored } from './stored.js';
import { store } from './store.js';

/** Whether S3's events have brought all thumbnails that the function reports: they come by another way than the report. */
const hasAllThumbnails = ({ result, thumbnails }) => thumbnails.length >= (result?.outputs ?? [result]).filter((output) => output?.destination).length;

/** A photo's first thumbnail before and after a change of settings. What S3 replaces is kept here. */
export class Comparison {
  #photo = h('select', { name: 'photo', onchange: () => attempt(() => this.#showNow()) });
  #slider = h('div');
  #figures = h('div', { class: 'before-after' });
  #before = null;

  constructor() {
    this.element = h('div', { class: 'panel' },
      h('h2', {}, 'Before and after'),
      h('p', { class: 'muted' }, 'Change something and apply it: the thumbnail of this photo is made again, and both are shown.'),
      labelled('Photo', this.#photo),
      this.#slider,
      this.#figures);
    store.addEventListener('change', ({ detail }) => {
      if (detail.photos === null || detail.photos.length > 0) this.#choices();
    });
  }

  /** Keeps the thumbnail as it is now. */
  async begin(settings) {
    const photo = this.#chosen();
    this.#before = photo && { key: photo.key, shown: await this.#load('Before', photo, settings) };
  }

  /** Has the thumbnail made again, and shows both. */
  async end(settings) {
    if (!this.#before) return;
    const { key, shown: before } = this.#before;
    this.#fill(before.figure, h('p', { class: 'muted', role: 'status' }, 'Being made…'));
    const { id } = await sendEvent(await getEvent(key));
    const isDone = () => ['succeeded', 'failed'].includes(store.invocations.get(id)?.status) && store.photos.get(key)?.invocationId === id
      && hasAllThumbnails(store.photos.get(key));
    await store.until(() => isDone() || !store.photos.has(key));
    const photo = store.photos.get(key);
    if (!photo?.thumbnail) {
      this.#fill(before.figure, h('p', { class: 'muted' }, photo?.reason ?? 'There is no thumbnail now.'));
      return;
    }
    const after = await this.#load('After', photo, settings);
    this.#fill(before.figure, after.figure);
    fill(this.#slider, slider(before, after));
  }

  /** The photo to compare, if it has a thumbnail. */
  #chosen() {
    const photo = store.photos.get(this.#photo.value);
    return photo?.thumbnail ? photo : null;
  }

  async #showNow() {
    this.#before = null;
    const photo = this.#chosen();
    const now = photo && store.cloud.function && await this.#load('Now', photo, store.cloud.function.settings);
    if (photo?.key === this.#chosen()?.key && this.#before === null) this.#fill(now?.figure);
  }

  /** Shows figures and no slider. */
  #fill(...figures) {
    fill(this.#slider);
    fill(this.#figures, figures);
  }

  /** The thumbnail as it is in S3 now: a figure, and the same image again for the slider. */
  async #load(title, photo, settings) {
    const { file, width, height } = await loadStored(photo.thumbnail.url);
    const url = URL.createObjectURL(file);
    const [shown, image] = [h('img', { src: url, alt: `${title}: the thumbnail of ${photo.name}` }), h('img', { src: url })];
    await Promise.all([shown.decode(), image.decode()]);
    URL.revokeObjectURL(url);
    const figure = h('figure', { dataset: { title } }, h('span', { class: `picture loaded${isTransparent(shown) ? ' transparent' : ''}` }, shown),
      h('figcaption', {}, h('b', {}, title), h('br'),
        `${dimensions(width, height)}, ${fileType(file)}, ${bytes(file.size)}`, h('br'),
        title !== 'Now' && `${settings.fit}, quality ${settings.quality}, ${settings.background}`));
    return { figure, image, width, height };
  }

  #choices() {
    const value = this.#photo.value;
    const photos = [...store.photos.values()].filter((photo) => photo.thumbnail).sort((a, b) => a.name.localeCompare(b.name));
    fill(this.#photo, photos.map((photo) => h('option', { value: photo.key, selected: photo.key === value }, photo.name)));
    this.#photo.disabled = photos.length === 0;
    if (this.#photo.value !== value) attempt(() => this.#showNow());
  }
}
