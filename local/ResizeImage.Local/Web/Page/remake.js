import { announce, attempt } from './announcer.js';
import { getEvent, sendEvent } from './api.js';
import { h } from './dom.js';
import { store } from './store.js';

const atOnce = 4;
const isOver = (id) => ['succeeded', 'failed'].includes(store.invocations.get(id)?.status);

/** Sends the event of each photo again, as a job of S3 Batch Operations does, a few at a time. */
async function remakeAll(onProgress) {
  const keys = [...store.photos.keys()];
  let done = 0;
  const waiting = [...keys];
  await Promise.all(Array.from({ length: Math.min(atOnce, keys.length) }, async () => {
    for (let key = waiting.shift(); key !== undefined; key = waiting.shift()) {
      // A photo that was deleted meanwhile has no event.
      if (store.photos.has(key)) {
        const { id } = await sendEvent(await getEvent(key));
        await store.until(() => isOver(id));
      }
      done++;
      onProgress(done, keys.length);
    }
  }));
  return keys.length;
}

/** A button that makes all thumbnails again, with its progress. */
export function remakeButton() {
  const progress = h('progress', { max: 1, value: 0, hidden: true, 'aria-label': 'Thumbnails remade' });
  const text = h('span', { class: 'muted small', role: 'status' });
  const button = h('button', { type: 'button', onclick: () => attempt(async () => {
    button.disabled = true;
    progress.hidden = false;
    try {
      const count = await remakeAll((done, all) => {
        progress.value = done / all;
        text.textContent = `${done} of ${all}`;
      });
      text.textContent = count === 0 ? 'There are no photos yet.' : `All ${count} are remade.`;
      announce(text.textContent);
    } finally {
      button.disabled = false;
      progress.hidden = true;
    }
  }) }, 'Remake all thumbnails');
  return h('div', { class: 'remake wide' }, button, progress, text,
    h('p', { class: 'muted small' }, 'Thumbnails keep the settings that they were made with until they are remade. On AWS, a schedule or S3 Batch Operations does this.'));
}
