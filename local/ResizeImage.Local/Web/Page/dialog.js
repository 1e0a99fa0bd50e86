import { h } from './dom.js';

let count = 0;

/** A dialog that goes when it is closed. The focus goes back to where it was, and Escape closes it: browsers see to that. */
export class Dialog {
  #title;

  /** @param {string} title */
  constructor(title) {
    const id = `dialog-${++count}`;
    this.#title = h('h2', { id }, title);
    this.body = h('div', { class: 'dialog-body' });
    this.element = h('dialog', { 'aria-labelledby': id, onclose: () => this.closed() },
      h('div', { class: 'row dialog-head' }, this.#title, h('button', { type: 'button', onclick: () => this.element.close() }, 'Close')),
      this.body,
      h('div', { class: 'toasts' }),
      h('p', { class: 'unseen live', role: 'status' }));
    // A click beside the dialog is one on its backdrop.
    this.element.addEventListener('click', (event) => event.target === this.element && this.element.close());
  }

  get title() {
    return this.#title.textContent;
  }

  set title(text) {
    this.#title.textContent = text;
  }

  show() {
    document.body.append(this.element);
    this.element.showModal();
  }

  closed() {
    this.element.remove();
  }
}
