import { h } from './dom.js';
import { milliseconds } from './format.js';

/** What each part of an invocation is for, in their order. */
export const meaning = {
  wait: 'the event waits for the function', init: 'the process starts', ask: 'ask whether it is up to date', probe: 'ask whether it is up to date',
  read: 'read the photo from S3', make: 'make the thumbnail', write: 'write it to S3, or delete an old one', check: 'check that the photo is still the same',
  rest: 'the runtime: event in, answer out',
};

const swatch = (stage) => h('span', { class: 'swatch', dataset: { stage } });

/** The parts of a result, in their order: [name, milliseconds]. */
export const stagesOf = (result) => Object.entries(result?.stages ?? {}).filter(([, time]) => time > 0);

/** Times as parts of a bar. @param {[string, number][]} parts name and milliseconds */
export function partsBar(parts) {
  const text = parts.map(([name, time]) => `${name} ${milliseconds(time)}`).join(', ');
  return h('div', { class: 'stages', role: 'img', 'aria-label': `Time by stage: ${text}`, title: text },
    parts.map(([name, time]) => {
      const part = h('span', { dataset: { stage: name } });
      part.style.flexGrow = time;
      return part;
    }));
}

/** The meaning of a bar's colors, with the times. */
export const partsLegend = (parts) => h('ul', { class: 'legend' },
  parts.map(([name, time]) => h('li', {}, swatch(name), ` ${meaning[name] ?? name} `, h('b', {}, milliseconds(time)))));

/** The times of a result's stages as a bar; null where the function reported none. */
export function stageBar(result) {
  const parts = stagesOf(result);
  return parts.length === 0 ? null : partsBar(parts);
}

/** The meaning of the bars' colors, for the stages that occur in the results. */
export function stageLegend(results) {
  const seen = new Set(results.flatMap((result) => stagesOf(result).map(([name]) => name)));
  return Object.keys(meaning).filter((name) => seen.has(name)).map((name) => h('li', {}, swatch(name), ` ${meaning[name]}`));
}
