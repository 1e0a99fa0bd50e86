import { attempt } from './announcer.js';
import { getInvocation, sendEvent } from './api.js';
import { Dialog } from './dialog.js';
import { fill, h, labelled } from './dom.js';
import { checkEvent } from './eventCheck.js';
import { pretty } from './format.js';
import { invocationReport } from './report.js';
import { sampleEvents } from './sampleEvents.js';
import { store } from './store.js';

/** Where an event is chosen or written by hand and sent to the function. */
export class EventEditor extends Dialog {
  #outcome = h('div', { role: 'status' });
  #text = h('textarea', { spellcheck: false, rows: 16, autocapitalize: 'off', oninput: () => this.#check() });
  #verdict = h('p', { class: 'muted small verdict', role: 'status' });
  #send = h('button', { class: 'primary' }, 'Send');
  #key;

  /**
   * @param {string|null} event JSON to begin with; null for the first sample
   * @param {string|null} key the photo that samples are about
   */
  constructor(event, key) {
    super('Send an event');
    this.#key = key;
    const usable = sampleEvents.filter(({ needsPhoto }) => key || !needsPhoto);
    const samples = h('select', { onchange: () => this.#write(usable[samples.value]) },
      event !== null && h('option', { value: '', selected: true }, 'The last event of this photo'),
      usable.map(({ name }, i) => h('option', { value: i }, name)));
    this.body.append(
      labelled('Sample event', samples),
      h('p', { class: 'muted small' }, key ? `The samples are about ${key}.` : 'Put a photo into the bucket to get events about it.'),
      h('form', { onsubmit: (submit) => this.#submit(submit) },
        labelled('Event (JSON)', this.#text),
        this.#verdict,
        h('p', { class: 'actions' }, this.#send)),
      this.#outcome);
    if (event === null) this.#write(usable[0]);
    else this.#set(pretty(event));
  }

  #write({ make }) {
    return attempt(async () => this.#set(JSON.stringify(await make(this.#key), null, 2)));
  }

  #set(text) {
    this.#text.value = text;
    this.#check();
  }

  #check() {
    const { ok, message } = checkEvent(this.#text.value);
    this.#verdict.textContent = message;
    this.#verdict.dataset.ok = ok;
    this.#text.setAttribute('aria-invalid', !ok);
    this.#send.disabled = !ok;
  }

  async #submit(submit) {
    submit.preventDefault();
    await attempt(async () => {
      fill(this.#outcome, h('p', { class: 'muted' }, 'The function works…'));
      const { id } = await sendEvent(this.#text.value);
      await store.until(() => ['succeeded', 'failed'].includes(store.invocations.get(id)?.status) || !this.element.isConnected);
      fill(this.#outcome, h('h3', {}, 'What came of it'), h('div', { class: 'report' }, ...invocationReport(await getInvocation(id))));
    });
  }
}
