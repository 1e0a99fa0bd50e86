import { h } from './dom.js';
import { milliseconds } from './format.js';

const meaning = {
  ask: 'ask whether it is up to date', probe: 'ask whether it is up to date', read: 'read the photo from S3', make: 'make the thumbnail',
  write: 'write it to S3, or delete an old one', check: 'check that the photo is still the same',
};

const swatch = (stage) => h('span', { class: 'swatch', dataset: { stage } });

/** The times of a result's stages as a bar; null where the function reported none. */
export function stageBar(result, withLegend) {
  const stages = Object.entries(result?.stages ?? {}).filter(([, time]) => time > 0);
  if (stages.length === 0) return null;
  const text = stages.map(([name, time]) => `${name} ${milliseconds(time)}`).join(', ');
  const bar = h('div', { class: 'stages', role: 'img', 'aria-label': `Time by stage: ${text}`, title: text },
    stages.map(([name, time]) => {
      const part = h('span', { dataset: { stage: name } });
      part.style.flexGrow = time;
      return part;
    }));
  if (!withLegend) return bar;
  return h('div', {}, bar, h('ul', { class: 'legend' },
    stages.map(([name, time]) => h('li', {}, swatch(name), ` ${meaning[name] ?? name} `, h('b', {}, milliseconds(time))))));
}

/** The meaning of the bars' colors, for the stages that occur in the results. */
export function stageLegend(results) {
  const seen = new Set(results.flatMap((result) => Object.keys(result?.stages ?? {})));
  return Object.keys(meaning).filter((name) => seen.has(name)).map((name) => h('li', {}, swatch(name), ` ${meaning[name]}`));
}
