import { attempt } from '../announcer.js';
import { byId, fill, h } from '../dom.js';
import { add } from '../uploads.js';
import { samples } from './photos.js';

/** Draws the files of a sample and uploads them like files that were chosen. */
async function upload(button, files) {
  button.disabled = true;
  await attempt(async () => add(await Promise.all(files.map(async ({ name, make }) => {
    const file = await make();
    return new File([file], name, { type: file.type });
  }))));
  button.disabled = false;
}

fill(byId('samples'), samples.map(({ title, shows, files }) => {
  const button = h('button', { type: 'button', class: 'sample', onclick: () => upload(button, files) }, h('b', {}, title), h('span', { class: 'muted small' }, shows));
  return h('li', {}, button);
}));
