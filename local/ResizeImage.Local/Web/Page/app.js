import { byId } from './dom.js';
import { store } from './store.js';
import './views/photos.js';
import './views/directory.js';
import './views/invocations.js';
import './views/settings.js';
import './uploads.js';
import './flow.js';
import './samples/chooser.js';
import './themeSwitch.js';
import { announce } from './announcer.js';
import { statusText } from './format.js';

const views = ['photos', 'directory', 'invocations', 'settings'];
const ended = new Set(['made', 'rejected', 'failed', 'skipped']);
const told = new Map();

/** Shows the view that the address names. */
function route(focus) {
  // Not the id of the section: the browser would scroll to it.
  const [, wanted] = location.hash.split('/');
  if (location.hash === '#main') return;
  const view = views.includes(wanted) ? wanted : 'photos';
  for (const name of views) byId(name).hidden = name !== view;
  for (const link of document.querySelectorAll('nav a')) {
    if (link.hash === `#/${view}`) link.setAttribute('aria-current', 'page');
    else link.removeAttribute('aria-current');
  }
  document.title = `${byId(`${view}-title`).textContent} – ResizeImage`;
  window.scrollTo(0, 0);
  if (focus) byId('main').focus({ preventScroll: true });
}

/** Tells of photos that came to an end. */
function tell(keys) {
  for (const photo of keys === null ? store.photos.values() : keys.map((key) => store.photos.get(key)).filter(Boolean)) {
    const state = `${photo.invocationId} ${photo.status}`;
    if (keys !== null && ended.has(photo.status) && told.get(photo.key) !== state) {
      announce(`${photo.name}: ${statusText(photo.status)}. ${photo.reason ?? ''}`);
    }
    told.set(photo.key, state);
  }
}

function describe({ s3, lambda, bucket, inputPrefix, outputPrefix, function: deployed }) {
  byId('foot').textContent = `S3 at ${s3} · Lambda at ${lambda} · s3://${bucket}/${inputPrefix} → s3://${bucket}/${outputPrefix}`;
  byId('drop-target').textContent = deployed
    ? `They go straight to S3, to s3://${bucket}/${inputPrefix}, by presigned URLs; the function ${deployed.name} does the rest.`
    : `They go straight to S3, to s3://${bucket}/${inputPrefix}. There is no function: start with --function PATH.`;
}

window.addEventListener('hashchange', () => route(true));
store.addEventListener('connection', ({ detail: connected }) => {
  byId('connection').textContent = connected ? 'Live' : 'Reconnecting…';
  byId('connection').dataset.connected = connected;
});
store.addEventListener('change', ({ detail }) => {
  tell(detail.photos);
  if (detail.cloud) describe(store.cloud);
});
route(false);
store.connect();
