import { moveByArrows } from '../arrows.js';
import { Card } from '../card.js';
import { PhotoDetails } from '../details.js';
import { byId, fill, whileShown } from '../dom.js';
import { stageLegend } from '../stages.js';
import { store } from '../store.js';

const pageSize = 60;
const cards = new Map();
let shown = pageSize;

const newest = () => [...store.photos.values()].sort((a, b) => b.time.localeCompare(a.time) || a.key.localeCompare(b.key));

/** The key of the photo after this one, or before it: step is 1 or -1. */
function neighbor(key, step) {
  if (step === 0) return null;
  const keys = newest().map((photo) => photo.key);
  return keys[keys.indexOf(key) + step] ?? null;
}

/** Puts the cards in order. Only what has moved is moved: a card that has the focus keeps it. */
function arrange() {
  const gallery = byId('gallery');
  const photos = newest().slice(0, shown);
  const wanted = new Set(photos.map((photo) => photo.key));
  for (const [key, card] of cards) {
    if (!wanted.has(key)) {
      card.element.remove();
      cards.delete(key);
    }
  }
  let place = gallery.firstElementChild;
  for (const photo of photos) {
    let card = cards.get(photo.key);
    if (!card) {
      card = new Card(photo.key, (key) => new PhotoDetails(key, neighbor).show());
      card.update(photo);
      cards.set(photo.key, card);
    }
    if (card.element === place) place = place.nextElementSibling;
    else gallery.insertBefore(card.element, place);
  }
  byId('gallery-empty').hidden = store.photos.size > 0;
  byId('more').hidden = store.photos.size <= shown;
}

function summarize() {
  const all = [...store.photos.values()];
  const count = (status) => all.filter((photo) => photo.status === status).length;
  const thumbnails = all.reduce((sum, photo) => sum + photo.thumbnails.length, 0);
  const working = count('queued') + count('running') + count('retrying');
  byId('photos-summary').textContent = all.length === 0 ? '' : [
    `${all.length} ${all.length === 1 ? 'photo' : 'photos'}`, `${thumbnails} ${thumbnails === 1 ? 'thumbnail' : 'thumbnails'}`,
    working > 0 && `${working} in work`, count('rejected') > 0 && `${count('rejected')} rejected`, count('failed') > 0 && `${count('failed')} failed`,
  ].filter(Boolean).join(' · ');
  const legend = stageLegend(all.map((photo) => photo.result));
  byId('stage-legend').hidden = legend.length === 0;
  if (byId('stage-legend').childElementCount !== legend.length) fill(byId('stage-legend'), legend);
}

const changed = whileShown('photos', () => {
  arrange();
  summarize();
});
store.addEventListener('change', ({ detail }) => {
  changed();
  for (const key of detail.photos ?? cards.keys()) {
    const photo = store.photos.get(key);
    if (photo) cards.get(key)?.update(photo);
  }
});
byId('more').addEventListener('click', () => {
  const next = shown;
  shown += pageSize;
  arrange();
  byId('gallery').children[next]?.querySelector('button').focus();
});
moveByArrows(byId('gallery'));
