import { getInvocation, sendEvent } from './api.js';
import { Dialog } from './dialog.js';
import { fill, h, labelled } from './dom.js';
import { pretty } from './format.js';
import { invocationReport } from './report.js';
import { store } from './store.js';

/** Where an event is written by hand and sent to the function. */
export class EventEditor extends Dialog {
  #outcome = h('div', { role: 'status' });
  #text;

  /** @param {string} event JSON to begin with */
  constructor(event) {
    super('Send an event');
    this.#text = h('textarea', { value: pretty(event), spellcheck: false, rows: 18, autocapitalize: 'off' });
    const problem = h('p', { class: 'problem', role: 'alert', hidden: true });
    this.body.append(
      h('p', { class: 'muted' }, 'Any event that the function understands: of S3 itself, or as SQS, SNS, EventBridge or S3 Batch Operations wrap it.'),
      h('form', { onsubmit: (submit) => this.#submit(submit, problem) },
        labelled('Event (JSON)', this.#text),
        problem,
        h('p', { class: 'actions' }, h('button', { class: 'primary' }, 'Send'))),
      this.#outcome);
  }

  async #submit(submit, problem) {
    submit.preventDefault();
    problem.hidden = true;
    try {
      JSON.parse(this.#text.value);
      fill(this.#outcome, h('p', { class: 'muted' }, 'The function works…'));
      const { id } = await sendEvent(this.#text.value);
      await store.until(() => ['succeeded', 'failed'].includes(store.invocations.get(id)?.status) || !this.element.isConnected);
      fill(this.#outcome, h('h3', {}, 'What came of it'), ...invocationReport(await getInvocation(id)));
    } catch (error) {
      fill(this.#outcome);
      problem.textContent = error instanceof SyntaxError ? `This is not JSON: ${error.message}` : error.message;
      problem.hidden = false;
    }
  }
}
