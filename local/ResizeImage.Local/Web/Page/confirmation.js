import { Dialog } from './dialog.js';
import { h } from './dom.js';

/** Asks before something is deleted. Escape, and Enter on the button that has the focus first, cancel. */
export class Confirmation extends Dialog {
  /**
   * @param {string} question
   * @param {string} consequence the effect
   * @param {string} action the label of the button that does it
   * @param {() => void} run does it
   */
  constructor(question, consequence, action, run) {
    super(question);
    this.element.classList.add('confirmation');
    this.body.append(
      h('p', {}, consequence),
      h('p', { class: 'actions' },
        h('button', { type: 'button', autofocus: true, onclick: () => this.element.close() }, 'Cancel'),
        h('button', { type: 'button', class: 'danger', onclick: () => { this.element.close(); run(); } }, action)));
  }
}
