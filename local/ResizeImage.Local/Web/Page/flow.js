import { byId, h } from './dom.js';
import { bytes, milliseconds, statusText } from './format.js';
import { store } from './store.js';

// Each step is shown for so long at least: the real ones take milliseconds.
const stepTime = 450;
const steps = ['upload', 's3', 'event', 'function', 'output'];
const still = matchMedia('(prefers-reduced-motion: reduce)');

const isOver = (invocation) => invocation?.status === 'succeeded' || invocation?.status === 'failed';

/** Why there is no thumbnail; null where there is one, or none is expected. */
const failure = ({ status, results, error }) => (status === 'failed' ? error : results.find((result) => ['rejected', 'failed'].includes(result.status))?.reason ?? null);

/** A photo on its way through the diagram. */
class Passage {
  /** The invocation's id; null until its event is queued. */
  id = null;
  isStored = false;
  upload = null;

  /** The number of steps that are shown. */
  level = 0;

  constructor(key) {
    this.key = key;
  }

  get invocation() {
    return store.invocations.get(this.id);
  }

  /** The number of steps that have happened. */
  get reached() {
    const { invocation } = this;
    if (!invocation) return this.isStored ? 2 : 1;
    if (isOver(invocation)) return failure(invocation) ? 4 : 5;
    return invocation.status === 'queued' ? 3 : 4;
  }

  get isShownWhole() {
    return isOver(this.invocation) && this.level >= this.reached;
  }
}

const nodes = steps.map((step) => byId('flow').querySelector(`[data-step=${step}]`));
for (const node of nodes) node.append(h('span', { class: 'flow-what' }), h('span', { class: 'flow-text' }));
let shown = null;
let next = null;
let timer = null;

function uploadText({ upload, key }) {
  if (upload) return upload.sent < upload.size ? `${bytes(upload.sent)} of ${bytes(upload.size)}` : bytes(upload.size);
  return store.photos.has(key) ? bytes(store.photos.get(key).size) : '';
}

function functionText({ coldStart, initDuration, duration, status, attempts, failedAttempts }) {
  if (status === 'retrying') return `attempt ${failedAttempts.length} failed; Lambda tries again`;
  const attempt = attempts > 1 ? `, attempt ${attempts}` : '';
  if (status === 'running') return `${coldStart ? 'cold start' : 'running'}${attempt}`;
  return `${coldStart ? `cold start: ${milliseconds(Math.round(initDuration))} + ` : ''}${milliseconds(duration)}${attempt}`;
}

function eventText({ eventName, queued, started }) {
  return started ? `${eventName}, waited ${milliseconds(Math.max(0, new Date(started) - new Date(queued)))}` : eventName;
}

function outputText({ key, invocation }) {
  const photo = store.photos.get(key);
  const status = invocation.results.find(({ source }) => source?.endsWith(key))?.status;
  if (status === 'deleted' || !photo) return 'thumbnail deleted';
  const count = photo.thumbnails.length;
  return count > 0 ? `${count > 1 ? `${count} thumbnails, ` : ''}${bytes(photo.thumbnails.reduce((sum, { size }) => sum + size, 0))}` : statusText(status ?? 'succeeded');
}

const texts = (passage) => [
  uploadText(passage), passage.key, passage.invocation ? eventText(passage.invocation) : '', passage.invocation ? functionText(passage.invocation) : '',
  isOver(passage.invocation) ? outputText(passage) : '',
];

function draw() {
  const { level, key, invocation, isShownWhole } = shown;
  const reason = isOver(invocation) ? failure(invocation) : null;
  const text = texts(shown);
  nodes.forEach((node, i) => {
    const isFailed = i === 3 && (reason !== null || invocation?.status === 'retrying');
    node.dataset.state = i >= level ? '' : isFailed ? 'failed' : i === level - 1 && !isShownWhole ? 'active' : 'done';
    node.querySelector('.flow-text').textContent = i < level ? text[i] : '';
  });
  byId('flow-note').textContent = !isShownWhole ? '' : reason ? `${key}: ${reason}` : 'The times are measured; the steps are shown slower than they are.';
}

/** Shows one step more, if it has happened; after the last one, or where nothing follows, the photo that came meanwhile. */
function advance() {
  timer = null;
  if (shown.level < shown.reached) {
    shown.level = still.matches ? shown.reached : shown.level + 1;
    timer = setTimeout(advance, stepTime);
  } else if (next && (shown.isShownWhole || next.reached > shown.reached)) {
    [shown, next] = [next, null];
    timer = setTimeout(advance, 0);
  }
  draw();
}

/** The passage of that photo: the one that is shown, or the one after it. */
function passageOf(key) {
  if (shown?.key === key && !shown.isShownWhole) return shown;
  if (next?.key === key) return next;
  next = new Passage(key);
  if (!shown || (shown.isShownWhole && timer === null)) [shown, next] = [next, null];
  return shown.key === key && !next ? shown : next;
}

/** What each step is, before anything happens. */
function describe({ bucket, inputPrefix, outputPrefix, function: deployed }) {
  const what = ['your browser, by a presigned URL', `s3://${bucket}/${inputPrefix}`, 'JSON that names the photo', deployed ? `${deployed.name}, ${deployed.memorySize.toLocaleString('en')} MB` : 'not started', `s3://${bucket}/${outputPrefix}`];
  nodes.forEach((node, i) => { node.querySelector('.flow-what').textContent = what[i]; });
}

store.addEventListener('upload', ({ detail }) => {
  passageOf(detail.key).upload = detail;
  timer ??= setTimeout(advance, 0);
});
store.addEventListener('change', ({ detail }) => {
  if (detail.cloud) describe(store.cloud);
  for (const id of detail.invocations ?? []) {
    const { keys: [key], status } = store.invocations.get(id);
    const isKnown = id === shown?.id || id === next?.id;
    // It may be over before this page hears of it for the first time.
    const isAwaited = [shown, next].some((passage) => passage !== null && passage.key === key && passage.id === null);
    if (key && !isKnown && (isAwaited || status === 'queued' || !shown || !isOver(shown.invocation) || shown.isShownWhole)) {
      const passage = passageOf(key);
      passage.id ??= id;
    }
  }
  for (const key of detail.photos ?? []) {
    for (const passage of [shown, next]) if (passage?.key === key) passage.isStored = true;
  }
  if (shown) timer ??= setTimeout(advance, 0);
});
