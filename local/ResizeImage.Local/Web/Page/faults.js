import { attempt } from './announcer.js';
import { armFault, getInvocation, putPhoto } from './api.js';
import { byId, fill, h } from './dom.js';
import { milliseconds } from './format.js';
import { numbered } from './samples/photos.js';
import { store } from './store.js';

const colors = ['#2f6f8f', '#a8483e'];
const isOver = ({ status }) => status === 'succeeded' || status === 'failed';

/** The faults, each with the photos that are put under one key to see it, and what shows that nothing was lost. */
const faults = [
  {
    kind: 'unavailable', title: 'S3 answers 503', text: 'S3 refuses all requests of one attempt. The function retries them, then it fails, and Lambda sends the event again.',
    photos: 1, end: 'The thumbnail was made by a retry: no photo is lost while S3 is overloaded.',
  },
  {
    kind: 'timeout', title: 'Time-out', text: 'S3 does not answer, and Lambda kills the process after 1 second. A new process gets the event: a cold start.',
    photos: 1, end: 'The killed attempt left nothing behind, and the retry made the thumbnail.',
  },
  {
    kind: 'duplicate', title: 'Duplicate event', text: 'S3 delivers at least once, so an event may come twice.',
    photos: 1, end: 'Both invocations wrote the same thumbnail: processing an event twice is harmless.',
  },
  {
    kind: 'reorder', title: 'Out of order', text: 'Two photos are put under one key, and the event of the second one comes first.',
    photos: 2, end: 'The thumbnail shows photo 2, the last upload: the function reads the photo as it is now, whatever event it got.',
  },
];

/** Names for the events of some invocations: with several photos, the photo whose event each is. Later events of a key have greater sequencers. */
async function namesOf(invocations, photos) {
  if (photos === 1) return invocations.map((_, i) => (invocations.length > 1 ? `Event, copy ${i + 1}` : 'Event'));
  const sequencers = await Promise.all(invocations.map(async ({ id }) => JSON.parse((await getInvocation(id)).event).Records[0].s3.object.sequencer));
  const order = [...sequencers].sort();
  return sequencers.map((sequencer) => `Event of photo ${order.indexOf(sequencer) + 1}`);
}

/** The attempts of some invocations, one line each. */
const lines = (invocations, names) => invocations.flatMap(({ failedAttempts, status, coldStart, duration, attempts, results, error }, i) => {
  const name = names[i] ?? 'Event';
  const failed = failedAttempts.map((attempt, number) => h('li', { class: 'bad' }, `${name}, attempt ${number + 1}: failed after ${milliseconds(Math.round(attempt.duration))}. ${attempt.error}`));
  if (status === 'retrying') return [...failed, h('li', { class: 'muted' }, `${name}: Lambda waits before the next attempt; here 0.2 and 1 second, on AWS 1 and 2 minutes.`)];
  const outcome = isOver({ status }) ? h('li', { class: status === 'succeeded' ? 'good' : 'bad' },
    `${name}, attempt ${attempts}: ${error ?? results.map((result) => result.status).join(', ')} in ${milliseconds(duration)}${coldStart ? ', cold start' : ''}`)
    : h('li', { class: 'muted' }, `${name}: ${status === 'running' ? 'the function works' : 'waits for the function'}…`);
  return [...failed, outcome];
});

/** Has one fault happen to numbered photos and shows what comes of it. */
async function run({ kind, title, photos, end }, outcome) {
  const files = await Promise.all(Array.from({ length: photos }, (_, i) => numbered(`${i + 1}`, colors[i])));
  const known = new Set(store.invocations.keys());
  const expected = kind === 'duplicate' ? 2 : photos;
  const name = `fault-${kind}.jpg`;
  const key = store.cloud.inputPrefix + name;
  const ours = () => [...store.invocations.values()].filter(({ id, keys }) => !known.has(id) && keys.includes(key)).sort((a, b) => a.queued.localeCompare(b.queued));
  const show = (names = []) => fill(outcome, h('h3', {}, title), h('ol', { class: 'attempts' }, lines(ours(), names)));
  const follow = () => show();
  store.addEventListener('change', follow);
  try {
    await armFault(kind);
    for (const file of files) await putPhoto(name, file);
    await store.until(() => ours().length >= expected && ours().every(isOver));
    store.removeEventListener('change', follow);
    show(await namesOf(ours(), photos));
    const made = store.photos.get(key)?.thumbnail;
    outcome.append(h('p', {}, ours().every(({ status }) => status === 'succeeded') ? end : 'The invocation failed for good: on AWS, its event is in the queue for failures now.'),
      made ? h('img', { src: `${made.url}#${made.eTag}`, alt: `The thumbnail of ${name}`, width: 96, height: 96 }) : '');
  } finally {
    store.removeEventListener('change', follow);
  }
}

const outcome = h('div', { class: 'fault-outcome', role: 'status' });
const buttons = faults.map((fault) => h('button', { type: 'button', onclick: async () => {
  for (const button of buttons) button.disabled = true;
  await attempt(() => run(fault, outcome));
  for (const button of buttons) button.disabled = !store.cloud.function;
} }, fault.title));

fill(byId('faults'),
  h('div', {}, h('h2', {}, 'Make it fail'), h('p', { class: 'muted' }, 'Each button has S3 or Lambda misbehave once, and puts a numbered photo to show what the function makes of it.')),
  h('ul', { class: 'fault-list' }, faults.map(({ text }, i) => h('li', {}, buttons[i], h('p', { class: 'muted small' }, text)))),
  outcome);
store.addEventListener('change', ({ detail }) => {
  if (detail.cloud) byId('faults').hidden = !store.cloud.function;
});
