import { attempt } from '../announcer.js';
import { getInvocation } from '../api.js';
import { Dialog } from '../dialog.js';
import { byId, h, whileShown } from '../dom.js';
import { EventEditor } from '../editor.js';
import { milliseconds, statusText, time } from '../format.js';
import { invocationReport } from '../report.js';
import { store } from '../store.js';
import { showSums } from '../sums.js';
import '../faults.js';

const most = 200;

function open(id) {
  return attempt(async () => {
    const details = await getInvocation(id);
    const dialog = new Dialog('Invocation');
    dialog.body.append(...invocationReport(details).filter(Boolean));
    dialog.show();
  });
}

/** What the function says of the photos, or of the whole. */
function outcome({ status, results }) {
  const said = [...new Set(results.map((result) => result.status))];
  return said.length === 1 ? said[0] : status;
}

function row(invocation) {
  const what = invocation.keys.length > 0 ? invocation.keys.join(', ') : invocation.eventName || 'event sent by hand';
  const status = outcome(invocation);
  return h('tr', {},
    h('td', {}, time(invocation.started)),
    h('td', {}, h('button', { type: 'button', class: 'link', onclick: () => open(invocation.id) }, what),
      h('span', { class: 'muted small' }, ` ${invocation.eventName}`)),
    h('td', {}, h('span', { class: 'status', dataset: { status } }, statusText(status)), invocation.attempts > 1 && ` after ${invocation.attempts} attempts`),
    h('td', { class: 'number' }, milliseconds(invocation.duration)),
    h('td', { class: 'number' }, milliseconds(invocation.billedDuration)),
    h('td', { class: 'number' }, invocation.maxMemoryUsed ? `${invocation.maxMemoryUsed} MB` : '–'),
    h('td', {}, invocation.coldStart ? h('span', { class: 'badge cold' }, `cold, init ${milliseconds(invocation.initDuration)}`) : 'warm'));
}

function show() {
  const focused = document.activeElement?.closest('#invocation-rows tr')?.dataset.id;
  const invocations = store.allInvocations();
  byId('invocation-rows').replaceChildren(...invocations.slice(0, most).map((invocation) => {
    const element = row(invocation);
    element.dataset.id = invocation.id;
    return element;
  }));
  if (focused) byId('invocation-rows').querySelector(`[data-id="${focused}"] button`)?.focus();
  showSums(byId('sums'));
  byId('invocations-empty').hidden = invocations.length > 0;
  const deployed = store.cloud.function;
  byId('function-text').textContent = deployed ? `${deployed.name}: ${deployed.kind} · ${deployed.memorySize} MB · ${deployed.timeout} s` : 'There is no function: start with --function PATH.';
  byId('send-event').disabled = !deployed;
}

/** Opens the editor with the event of the newest photo. */
function compose() {
  const [photo] = [...store.photos.values()].sort((a, b) => b.time.localeCompare(a.time));
  new EventEditor(null, photo?.key ?? null).show();
}

byId('send-event').addEventListener('click', compose);
const changed = whileShown('invocations', show);
store.addEventListener('change', ({ detail }) => {
  if (detail.invocations === null || detail.invocations.length > 0 || detail.cloud) changed();
});
