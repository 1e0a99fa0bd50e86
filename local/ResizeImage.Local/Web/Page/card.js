import { previewOf } from './api.js';
import { fill, h } from './dom.js';
import { bytes, dimensions, hasSeveral, milliseconds, savedBytes, statusText } from './format.js';
import { Picture } from './picture.js';
import { stageBar } from './stages.js';
import { store } from './store.js';

// The original instead of a preview that cannot be made: only if it does not take long.
const largestFallback = 2_000_000;

const busy = new Set(['queued', 'running', 'retrying']);

function describeOne(photo) {
  const { result, size } = photo;
  if (!result?.width) return bytes(size);
  const saved = savedBytes(photo);
  return `${dimensions(result.sourceWidth, result.sourceHeight)} → ${dimensions(result.width, result.height)}, ${bytes(result.bytesIn)} → ${bytes(result.bytesOut)}`
    + `${saved ? ` (${saved} saved)` : ''}, ${milliseconds(result.milliseconds)}`;
}

function describeSeveral(photo) {
  const { result, size, thumbnails } = photo;
  const all = thumbnails.reduce((sum, thumbnail) => sum + thumbnail.size, 0);
  const saved = savedBytes(photo);
  return `${result?.sourceWidth ? `${dimensions(result.sourceWidth, result.sourceHeight)} → ` : ''}${thumbnails.length} ${thumbnails.length === 1 ? 'thumbnail' : 'thumbnails'}, ${bytes(size)} → ${bytes(all)}`
    + `${result ? `, ${milliseconds(result.milliseconds)}` : ''}.${saved ? ` The thumbnails save ${saved} of the photo's bytes.` : ''}`;
}

/** A photo in the gallery, beside its thumbnail. */
export class Card {
  #photo = new Picture('No image');
  #thumbnail = new Picture('');
  #open;
  #status = h('span', { class: 'status' });
  #text = h('p', { class: 'muted' });
  #bar = h('div', { class: 'bar-place' });

  /** @param {(key: string) => void} open shows all about it */
  constructor(key, open) {
    this.#open = h('button', { type: 'button', class: 'card-name', onclick: () => open(key) });
    this.element = h('li', { class: 'card', dataset: { key } },
      h('div', { class: 'pair' },
        h('div', { class: 'original' }, this.#photo.element),
        h('div', { class: 'thumbnail' }, this.#thumbnail.element)),
      h('h2', {}, this.#open),
      h('p', { class: 'card-status' }, this.#status),
      this.#text,
      this.#bar);

    // The bar is above the button that covers the card, so that its tooltip can be reached.
    this.#bar.addEventListener('click', () => open(key));
  }

  update(photo) {
    const { result, status } = photo;
    const invocation = store.invocations.get(photo.invocationId);
    this.element.dataset.status = status;
    this.element.classList.toggle('busy', busy.has(status));
    this.#open.textContent = photo.name;
    this.#photo.show({
      ...photo, url: photo.preview ?? photo.url, fallback: photo.preview ? photo.size <= largestFallback && photo.url : photo.thumbnail && previewOf(photo),
    }, '');
    this.#thumbnail.missing = busy.has(status) ? '…' : status === 'rejected' ? 'Rejected' : 'No thumbnail';
    this.#thumbnail.show(photo.thumbnail, '');
    if (!photo.thumbnail) this.#thumbnail.element.textContent = this.#thumbnail.missing;
    fill(this.#status, statusText(status), invocation?.coldStart && h('span', { class: 'badge cold', title: 'The first invocation of its process' }, 'cold start'));
    this.#text.textContent = photo.reason ?? (hasSeveral(photo) ? describeSeveral(photo) : describeOne(photo));
    fill(this.#bar, stageBar(result));
  }
}
