import { Dialog } from './dialog.js';
import { PhotoDetails } from './details.js';
import { h } from './dom.js';
import { bytes, personName } from './format.js';
import { Picture } from './picture.js';
import { facts } from './report.js';
import { store } from './store.js';

/** Somebody in the directory: what an application would show, and the way to the photo. */
export class PersonDialog extends Dialog {
  constructor(key) {
    const photo = store.photos.get(key);
    const name = personName(photo.name);
    super(name);
    this.element.classList.add('confirmation');
    const picture = new Picture('No thumbnail');
    picture.show(photo.thumbnail, `The thumbnail of ${name}`);
    this.body.append(
      h('figure', { class: 'person-large' }, picture.element),
      facts(['File', photo.name], ['Thumbnail', photo.thumbnail && bytes(photo.thumbnail.size)]),
      h('p', { class: 'actions' }, h('button', { type: 'button', onclick: () => { this.element.close(); new PhotoDetails(key).show(); } }, 'Photo and invocations…')));
  }
}
