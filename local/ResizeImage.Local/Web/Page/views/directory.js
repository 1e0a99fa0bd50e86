import { moveByArrows } from '../arrows.js';
import { byId, h, whileShown } from '../dom.js';
import { personName } from '../format.js';
import { PersonDialog } from '../person.js';
import { Picture } from '../picture.js';
import { store } from '../store.js';

const people = new Map();

/** Someone with a thumbnail. */
class Person {
  #picture = new Picture('');

  constructor(photo) {
    this.name = personName(photo.name);
    this.element = h('li', { class: 'person' }, this.#picture.element, h('p', {}, h('button', { type: 'button', class: 'card-name', onclick: () => new PersonDialog(photo.key).show() }, this.name)));
  }

  update(photo) {
    this.#picture.show(photo.thumbnail, '');
  }
}

function show() {
  const wanted = byId('find').value.trim().toLocaleLowerCase();
  const photos = [...store.photos.values()].filter((photo) => photo.thumbnail);
  for (const photo of photos) {
    if (!people.has(photo.key)) people.set(photo.key, new Person(photo));
    people.get(photo.key).update(photo);
  }
  const keys = new Set(photos.map((photo) => photo.key));
  for (const key of people.keys()) {
    if (!keys.has(key)) people.delete(key);
  }
  const found = [...people.values()].filter((person) => person.name.toLocaleLowerCase().includes(wanted)).sort((a, b) => a.name.localeCompare(b.name));
  byId('people').replaceChildren(...found.map((person) => person.element));
  byId('directory-empty').hidden = found.length > 0;
  byId('directory-empty').textContent = people.size === 0 ? 'No thumbnails yet.' : 'No name contains that.';
}

const changed = whileShown('directory', show);
store.addEventListener('change', ({ detail }) => {
  if (detail.photos === null || detail.photos.length > 0) changed();
});
byId('find').addEventListener('input', show);
moveByArrows(byId('people'));
