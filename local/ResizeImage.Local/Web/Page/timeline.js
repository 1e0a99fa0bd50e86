import { fill, h, labelled } from './dom.js';
import { bytes, milliseconds } from './format.js';
import { bench, benchBytes, costOfMillion, dollars, estimate, rowFor } from './lambda.js';
import { partsBar, partsLegend, stagesOf } from './stages.js';
import { store } from './store.js';

let chosenMemory = null;

/** The times of the last attempt, from the event to the answer: [name, milliseconds][]. */
function partsOf({ queued, started, failedAttempts, coldStart, initDuration, duration, results }) {
  const stages = new Map();
  for (const result of results) for (const [name, time] of stagesOf(result)) stages.set(name, (stages.get(name) ?? 0) + time);
  const staged = [...stages.values()].reduce((sum, time) => sum + time, 0);
  const waited = failedAttempts.length === 0 ? new Date(started) - new Date(queued) : 0;
  // A process that starts because of the event does so while the event waits.
  const init = coldStart ? initDuration : 0;
  return [['wait', Math.max(0, waited - init)], ['init', init], ...stages, ['rest', Math.max(0, duration - staged)]].filter(([, time]) => time > 0);
}

/** Where the time of an invocation went and what it costs: on this machine, and as Lambda would take it. Null while it is not over. */
export function timeline(invocation) {
  if (!invocation.started || invocation.duration === null) return null;
  const memory = store.cloud.function.memorySize;
  const parts = partsOf(invocation);
  const total = parts.reduce((sum, [, time]) => sum + time, 0);
  const unbilled = parts.find(([name]) => name === 'wait')?.[1] ?? 0;
  const size = invocation.results.reduce((sum, result) => sum + (result.bytesIn ?? 0), 0);
  const lambda = h('div', { class: 'lane' });
  const select = h('select', { onchange: () => { chosenMemory = Number(select.value); showLambda(); } },
    bench.map((row) => h('option', { value: row.memory }, `${row.memory.toLocaleString('en')} MB`)));
  select.value = chosenMemory ?? rowFor(memory).memory;
  showLambda();
  return h('section', { class: 'timeline', 'aria-label': 'Timeline of the invocation' },
    ...invocation.failedAttempts.map(failedAttempt),
    h('div', { class: 'lane' },
      lane(`This machine${invocation.failedAttempts.length > 0 ? `, attempt ${invocation.attempts}` : ''}`, milliseconds(total), partsBar(parts), 1),
      billed(total === 0 ? 0 : unbilled / total, 1, invocation.billedDuration, costOfMillion(invocation.billedDuration, memory), `at ${memory.toLocaleString('en')} MB`),
      partsLegend(parts)),
    size > 0 && lambda,
    size > 0 && h('div', { class: 'memory-choice' }, labelled('Memory on Lambda', select)),
    h('p', { class: 'muted small' }, 'Lambda bills init and duration, not the time that the event waits. Here the function has whole cores; on Lambda, the processor time comes in proportion to the memory.'));

  function showLambda() {
    const row = bench.find((one) => one.memory === Number(select.value));
    const { init, work, billed: sum } = estimate(size, row, invocation.coldStart);
    const scale = Math.min(1, (init + work) / Math.max(total, init + work));
    const estimated = [['init', init], ['make', work]].filter(([, time]) => time > 0);
    const bar = h('div', { class: 'stages', role: 'img', 'aria-label': `Estimate for Lambda: ${estimated.map(([name, time]) => `${name === 'make' ? 'duration' : name} ${milliseconds(Math.round(time))}`).join(', ')}` },
      estimated.map(([name, time]) => {
        const part = h('span', { class: 'estimate', dataset: { stage: name } });
        part.style.flexGrow = time;
        return part;
      }));
    fill(lambda,
      lane(`Lambda with ${row.memory.toLocaleString('en')} MB, estimate`, `about ${milliseconds(Math.round(init + work))}`, bar, scale),
      billed(0, scale, sum, costOfMillion(sum, row.memory), ''),
      h('p', { class: 'muted small' }, `For a JPEG of ${bytes(size)} and Native AOT, from the bench's mean for ${bytes(benchBytes)}: ${row.warm} ms${invocation.coldStart ? `, and ${row.cold} ms of init and first connections` : ''}, with S3 in the same region.`));
  }
}

/** A bar under its name and its time. @param {number} scale its part of the width */
function lane(name, time, bar, scale) {
  bar.style.width = `${Math.max(1, scale * 100)}%`;
  return h('div', {}, h('p', { class: 'lane-name' }, h('b', {}, name), h('span', {}, time)), bar);
}

/** The billed part of a bar, and its cost. */
function billed(from, to, duration, cost, at) {
  const bracket = h('span', { class: 'bracket' });
  bracket.style.marginLeft = `${from * 100}%`;
  bracket.style.width = `${Math.max(1, (to - from) * 100)}%`;
  return h('div', { class: 'billed' }, bracket,
    h('p', { class: 'small' }, h('b', {}, `Billed ${milliseconds(duration)}`), ` · a million of these: ${dollars(cost)}${at ? ` ${at}` : ''}`));
}

const failedAttempt = ({ duration, billedDuration, error }, i) => h('p', { class: 'problem small' },
  h('b', {}, `Attempt ${i + 1} failed after ${milliseconds(duration)}`), ` (billed ${milliseconds(billedDuration)}). ${error} Lambda tried again.`);
