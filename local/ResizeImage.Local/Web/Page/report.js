import { h } from './dom.js';
import { milliseconds, pretty, statusText, time } from './format.js';
import { store } from './store.js';
import { timeline } from './timeline.js';

/** A list of names and values. */
export const facts = (...pairs) => h('dl', { class: 'facts' },
  pairs.filter(Boolean).map(([name, value]) => h('div', {}, h('dt', {}, name), h('dd', {}, value ?? '–'))));

/** What Lambda writes into the REPORT line of its log. */
export const reportFacts = (invocation) => facts(
  ['Outcome', h('span', {}, statusText(invocation.status), invocation.coldStart && h('span', { class: 'badge cold' }, 'cold start'))],
  ['Event', invocation.eventName || '–'],
  ['Started', time(invocation.started)],
  ['Duration', milliseconds(invocation.duration)],
  ['Billed duration', milliseconds(invocation.billedDuration)],
  invocation.coldStart && ['Init duration', milliseconds(invocation.initDuration)],
  ['Max memory used', memory(invocation)],
  invocation.attempts > 1 && ['Attempts', String(invocation.attempts)],
  ['Request ID', h('code', {}, invocation.id)]);

/**
 * All about an invocation: its report, its stages, its event and its response.
 * @param {object} details as the server gives them
 * @param {string|null} shown a reason that is on the page already
 */
export function invocationReport({ invocation, event, response, log }, shown = null) {
  const rejects = invocation.status === 'succeeded' && invocation.results.some(({ status }) => status === 'rejected');
  return [
    reportFacts(invocation),
    rejects && h('p', { class: 'muted' }, 'The invocation succeeded: the function rejected the photo, and a retry would not change that.'),
    invocation.error && invocation.error !== shown && h('p', { class: 'problem' }, invocation.error),
    ...invocation.results.map((result) => result.reason && result.reason !== shown && h('p', { class: result.status === 'made' ? 'muted' : 'problem' }, result.reason)),
    timeline(invocation),
    fold(`Log (${log.length} ${log.length === 1 ? 'line' : 'lines'})`, log.join('\n') || 'It wrote nothing.', true),
    response && fold(invocation.status === 'failed' ? 'Error' : 'Response', pretty(response), true),
    fold('Event', pretty(event)),
  ].flat().filter(Boolean);
}

const fold = (title, text, open = false) => h('details', { open },
  h('summary', {}, title), h('pre', { tabIndex: 0, role: 'region', 'aria-label': title }, h('code', {}, text)));

function memory({ maxMemoryUsed }) {
  const { memorySize } = store.cloud.function;
  if (maxMemoryUsed === null || maxMemoryUsed === undefined) return `not known here, of ${memorySize} MB`;
  return h('span', {}, `${maxMemoryUsed} of ${memorySize} MB `,
    h('meter', { min: 0, max: memorySize, value: maxMemoryUsed, high: memorySize * 0.9, 'aria-label': 'Memory used' }));
}
