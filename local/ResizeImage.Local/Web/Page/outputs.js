import { fill, h } from './dom.js';
import { bytes, dimensions, fileType } from './format.js';
import { Picture } from './picture.js';
import { loadStored } from './stored.js';

/** All thumbnails of a photo side by side, each from S3. For photos that have several. */
export class Outputs {
  #figures = new Map();

  constructor() {
    this.element = h('ul', { class: 'outputs', 'aria-label': 'Thumbnails' });
  }

  /** @param {{name: string, thumbnails: {name: string|null, key: string, eTag: string, size: number, url: string}[]}} photo */
  show(photo) {
    const keys = new Set(photo.thumbnails.map(({ key }) => key));
    for (const key of this.#figures.keys()) {
      if (!keys.has(key)) this.#figures.delete(key);
    }
    for (const thumbnail of photo.thumbnails) {
      if (!this.#figures.has(thumbnail.key)) this.#figures.set(thumbnail.key, new OutputFigure());
      this.#figures.get(thumbnail.key).show(photo, thumbnail);
    }
    const elements = photo.thumbnails.map(({ key }) => this.#figures.get(key).element);
    // Only if they differ: a picture that moves in the document loads again.
    if (elements.length !== this.element.childElementCount || elements.some((element, i) => element !== this.element.children[i])) fill(this.element, elements);
  }
}

/** One thumbnail with its name, width and height, format, bytes and key. */
class OutputFigure {
  #picture = new Picture('No thumbnail');
  #caption = h('figcaption');
  #shown = null;

  constructor() {
    this.element = h('li', {}, h('figure', {}, this.#picture.element, this.#caption));
  }

  show(photo, thumbnail) {
    this.#picture.show(thumbnail, `The thumbnail ${thumbnail.name} of ${photo.name}`);
    if (this.#shown === thumbnail.eTag) return;
    this.#shown = thumbnail.eTag;
    this.#describe(thumbnail, bytes(thumbnail.size));
    loadStored(thumbnail.url).then(({ file, width, height }) => {
      if (this.#shown === thumbnail.eTag) this.#describe(thumbnail, `${dimensions(width, height)}, ${fileType(file)}, ${bytes(file.size)}`);
    }, () => {
      // It was replaced or deleted meanwhile; an event for that follows.
    });
  }

  #describe({ name, key }, figures) {
    fill(this.#caption, h('b', {}, name), h('br'), figures, h('br'), h('code', {}, key));
  }
}
