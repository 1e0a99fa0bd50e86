import { announce, attempt } from './announcer.js';
import { getEvent, getInvocation, previewOf, sendEvent } from './api.js';
import { arrowStep } from './arrows.js';
import { Closeup } from './closeup.js';
import { askToDelete } from './deletion.js';
import { Dialog } from './dialog.js';
import { fill, h, labelled } from './dom.js';
import { EventEditor } from './editor.js';
import { bytes, dimensions, hasSeveral, milliseconds, savedBytes, statusText, time } from './format.js';
import { Outputs } from './outputs.js';
import { Picture } from './picture.js';
import { facts, invocationReport } from './report.js';
import { Responsive } from './responsive.js';
import { store } from './store.js';
import { takeAwayButtons } from './takeAway.js';

/** 4272 × 2848, 4.2 MB; the dimensions only where the function has told them. */
const extent = (width, height, size) => (width ? `${dimensions(width, height)}, ${bytes(size)}` : bytes(size));

/** All about a photo: its thumbnail, and the invocations that made it. Follows what happens while it is open. */
export class PhotoDetails extends Dialog {
  #key;
  #photo = new Picture('No image');
  #thumbnail = new Picture('No thumbnail');
  #caption = h('figcaption');
  #single = h('figure', {}, this.#thumbnail.element, this.#caption);
  #outputs = new Outputs();
  #closeup = new Closeup();
  #responsive = new Responsive();
  #takeAway = takeAwayButtons(() => store.photos.get(this.#key), () => this.#details);
  #details = null;
  #facts = h('div');
  #choice = h('div');
  #report = h('div', { class: 'report' });
  #chosen = null;
  #shown = '';
  #update = () => this.#show();

  /**
   * @param {string} key
   * @param {(key: string, step: number) => string|null} neighbor the key of the next photo, or of the one before it
   */
  constructor(key, neighbor = () => null) {
    super(store.photos.get(key).name);
    this.#key = key;
    this.body.append(
      h('div', { class: 'compare' },
        h('figure', { class: 'large' }, this.#photo.element, h('figcaption', {}, 'Photo')),
        this.#single),
      this.#outputs.element,
      this.#facts,
      this.#takeAway,
      this.#closeup.element,
      this.#responsive.element,
      h('h3', {}, 'Invocation'),
      this.#choice,
      this.#report,
      h('h3', {}, 'Try more'),
      h('p', { class: 'actions' },
        h('button', { type: 'button', onclick: () => this.#replay(1) }, 'Replay event'),
        h('button', { type: 'button', onclick: () => this.#replay(2) }, 'Send it twice'),
        h('button', { type: 'button', onclick: () => attempt(async () => new EventEditor(await this.#event(), this.#key).show()) }, 'Edit and send…'),
        h('button', { type: 'button', class: 'danger', onclick: () => askToDelete(store.photos.get(this.#key)) }, 'Delete photo…')));
    this.element.addEventListener('keydown', (event) => {
      const next = neighbor(this.#key, arrowStep(event));
      if (next) this.#turnTo(next);
    });
  }

  show() {
    super.show();
    store.addEventListener('change', this.#update);
    this.#show();
  }

  closed() {
    store.removeEventListener('change', this.#update);
    super.closed();
  }

  /** Shows another photo in the same dialog. */
  #turnTo(key) {
    this.#key = key;
    this.#chosen = null;
    this.title = store.photos.get(key).name;
    this.element.scrollTo(0, 0);
    this.#show();
    announce(this.title);
  }

  #show() {
    const photo = store.photos.get(this.#key);
    if (!photo) {
      this.element.close();
      return;
    }
    const { result, thumbnail, thumbnails } = photo;
    const several = hasSeveral(photo);
    this.#photo.show({ ...photo, fallback: thumbnail && previewOf(photo) }, `The photo ${photo.name}`);
    this.#single.hidden = several;
    this.#outputs.show(several ? photo : { ...photo, thumbnails: [] });
    this.#thumbnail.show(several ? null : thumbnail, `The thumbnail of ${photo.name}`);
    this.#closeup.show(!several && thumbnail ? photo : null);
    this.#responsive.show(['made', 'skipped'].includes(photo.status) ? photo : null);
    this.#takeAway.querySelector('.needs-thumbnail').disabled = thumbnails.length === 0;
    fill(this.#caption, thumbnail && 'Thumbnail, in its own size');
    fill(this.#facts, photo.reason && h('p', { class: photo.status === 'made' ? 'muted' : 'problem' }, photo.reason), facts(
      ['Status', statusText(photo.status)],
      thumbnails.length > 0 && ['Bytes', `${bytes(photo.size)} → ${bytes(thumbnails.reduce((sum, { size }) => sum + size, 0))}${savedBytes(photo) ? `, ${savedBytes(photo)} saved` : ''}`],
      ['Photo', extent(result?.sourceWidth, result?.sourceHeight, photo.size)],
      several
        ? ['Thumbnails', `${thumbnails.length}, ${bytes(thumbnails.reduce((sum, { size }) => sum + size, 0))}`]
        : ['Thumbnail', thumbnail && extent(result?.width, result?.height, thumbnail.size)],
      ['Key', h('code', {}, photo.key)],
      thumbnail && !several && ['Key of the thumbnail', h('code', {}, thumbnail.key)]));
    this.#showInvocation(store.invocationsOf(this.#key));
  }

  async #showInvocation(invocations) {
    const invocation = invocations.find(({ id }) => id === this.#chosen) ?? invocations[0];
    const shown = JSON.stringify([this.#key, invocation, invocations.length]);
    if (shown === this.#shown) return;
    this.#shown = shown;
    fill(this.#choice, invocations.length > 1 && labelled(`${invocations.length} invocations`,
      h('select', { onchange: (event) => { this.#chosen = event.target.value; this.#show(); } },
        invocations.map(({ id, started, duration, status }) =>
          h('option', { value: id, selected: id === invocation.id }, `${time(started)} · ${statusText(status)} · ${milliseconds(duration)}`)))));
    this.#details = invocation ? getInvocation(invocation.id) : Promise.resolve({ photo: store.photos.get(this.#key) });
    if (!invocation) {
      fill(this.#report, h('p', { class: 'muted' }, 'None since the local cloud was started.'));
      return;
    }
    const details = await attempt(() => this.#details);
    if (details && shown === this.#shown) fill(this.#report, ...invocationReport(details, store.photos.get(this.#key)?.reason));
  }

  /** The event that came for this photo, or would if it were put now. */
  async #event() {
    const [latest] = store.invocationsOf(this.#key).filter(({ eventName }) => eventName.startsWith('ObjectCreated'));
    return latest ? (await getInvocation(latest.id)).event : getEvent(this.#key);
  }

  #replay(times) {
    return attempt(async () => {
      const event = await this.#event();
      this.#chosen = null;
      await Promise.all(Array.from({ length: times }, () => sendEvent(event)));
      announce(times === 1 ? 'The event was sent again.' : `The event was sent ${times} times.`);
    });
  }
}
