import { fill, h } from './dom.js';
import { milliseconds } from './format.js';
import { costOfMillion, dollars } from './lambda.js';
import { store } from './store.js';

/** The value that so many of all do not exceed: the nearest rank. @param {number[]} sorted */
const percentile = (sorted, part) => sorted[Math.max(0, Math.ceil(part * sorted.length) - 1)];

const tile = (name, value, note) => h('div', { class: 'tile' }, h('dt', {}, name), h('dd', {}, h('b', {}, value), note && h('span', { class: 'muted small' }, note)));

const percent = (count, all) => `${Math.round((100 * count) / all)}%`;

/** Sums over all invocations that are over. */
export function showSums(element) {
  const over = store.allInvocations().filter(({ status, duration }) => ['succeeded', 'failed'].includes(status) && duration !== null);
  element.hidden = over.length === 0;
  if (over.length === 0) return;
  const durations = over.map(({ duration }) => duration).sort((a, b) => a - b);
  const cold = over.filter(({ coldStart, failedAttempts }) => coldStart || failedAttempts.some((attempt) => attempt.coldStart)).length;
  const retries = over.reduce((sum, { failedAttempts }) => sum + failedAttempts.length, 0);
  const failed = over.filter(({ status }) => status === 'failed').length;
  const billed = over.reduce((sum, { billedDuration, failedAttempts }) => sum + billedDuration + failedAttempts.reduce((all, attempt) => all + attempt.billedDuration, 0), 0);
  const memory = store.cloud.function?.memorySize ?? 0;
  fill(element,
    tile('Invocations', over.length.toLocaleString('en'), `${retries} ${retries === 1 ? 'retry' : 'retries'}, ${failed} failed`),
    tile('Cold starts', percent(cold, over.length), `${cold} of ${over.length}`),
    tile('p50', milliseconds(percentile(durations, 0.5)), 'half take no longer'),
    tile('p99', milliseconds(percentile(durations, 0.99)), '99 of 100 take no longer'),
    tile('A million of these', dollars(costOfMillion(billed / over.length, memory)), `Lambda at ${memory.toLocaleString('en')} MB, billed as here`));
}
