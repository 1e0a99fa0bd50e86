import { attempt } from './announcer.js';
import { presignUpload } from './api.js';
import { byId, h } from './dom.js';
import { droppedFiles, pastedFiles } from './files.js';
import { bytes, milliseconds, statusText } from './format.js';
import { store } from './store.js';

const atOnce = 3;
const waiting = [];
const rows = new Map();
let active = 0;

/** Uploads files that were chosen, dropped, pasted or drawn. */
export function add(files) {
  if (files.length === 0) return;
  byId('uploads').hidden = false;
  for (const file of files) {
    const row = new UploadRow(file.name);
    byId('upload-list').append(row.element);
    waiting.push({ file, row });
  }
  next();
}

async function next() {
  while (active < atOnce && waiting.length > 0) {
    const { file, row } = waiting.shift();
    active++;
    upload(file, row)
      .catch((error) => row.fail(error.message))
      .finally(() => {
        active--;
        next();
      });
  }
}

/** Sends the file straight to S3, as a web application does: its own server only signs. */
async function upload(file, row) {
  const { key, url, contentType } = await presignUpload(file.name, file.type);
  rows.set(key, row);
  row.before = store.photos.get(key)?.invocationId;
  await put(file, url, contentType, (sent) => {
    row.progress(sent, file.size);
    store.noteUpload({ key, sent, size: file.size });
  });
  row.stored();
}

// XMLHttpRequest, because fetch does not tell how much has been sent.
const put = (file, url, contentType, onProgress) => new Promise((resolve, reject) => {
  const request = new XMLHttpRequest();
  request.open('PUT', url);
  request.setRequestHeader('Content-Type', contentType);
  request.upload.addEventListener('progress', (event) => onProgress(event.loaded));
  request.addEventListener('load', () => (request.status === 200
    ? resolve()
    : reject(new Error(`S3 answered ${request.status}: ${request.responseXML?.querySelector('Message')?.textContent ?? request.statusText}`))));
  request.addEventListener('error', () => reject(new Error('The upload broke off, or S3 does not answer.')));
  request.send(file);
});

/** A file in the list of uploads. */
class UploadRow {
  #state = h('span', { class: 'upload-state' }, 'Waiting');
  #bar;

  constructor(name) {
    this.#bar = h('progress', { max: 1, value: 0, 'aria-label': `Upload of ${name}` });
    this.element = h('li', {}, h('span', { class: 'upload-name' }, name), this.#bar, this.#state);
  }

  progress(sent, size) {
    this.#bar.value = size === 0 ? 1 : sent / size;
    if (!this.element.dataset.status) this.#state.textContent = `${bytes(sent)} of ${bytes(size)}`;
  }

  stored() {
    this.#bar.value = 1;
    // The function may be faster than the answer of S3.
    if (!this.element.dataset.status) this.#state.textContent = 'In the bucket';
  }

  /** What the function makes of it. */
  follow(photo) {
    if (photo.invocationId === this.before) return;
    const { status, reason, result } = photo;
    this.#state.textContent = status === 'rejected' || status === 'failed' ? `${statusText(status)}: ${reason}`
      : status === 'made' ? `Made in ${milliseconds(result.milliseconds)}` : statusText(status);
    this.element.dataset.status = photo.status;
  }

  fail(message) {
    this.#state.textContent = message;
    this.element.dataset.status = 'failed';
  }
}

/** A button that opens a file chooser. */
function connect(button, input) {
  byId(button).addEventListener('click', () => byId(input).click());
  byId(input).addEventListener('change', () => {
    add([...byId(input).files]);
    byId(input).value = '';
  });
}

connect('choose', 'files');
connect('choose-folder', 'folder');
connect('take-photo', 'camera');
byId('clear-uploads').addEventListener('click', () => {
  byId('upload-list').replaceChildren();
  byId('uploads').hidden = true;
  rows.clear();
  byId('choose').focus();
});

// The whole page takes what is dropped: a file that misses its mark must not replace the page.
const hasFiles = (event) => event.dataTransfer?.types.includes('Files');
document.addEventListener('dragover', (event) => {
  if (!hasFiles(event)) return;
  event.preventDefault();
  byId('drop').classList.add('over');
});
document.addEventListener('dragleave', (event) => {
  if (event.relatedTarget === null) byId('drop').classList.remove('over');
});
document.addEventListener('drop', (event) => {
  if (!hasFiles(event)) return;
  event.preventDefault();
  byId('drop').classList.remove('over');
  location.hash = '#/photos';
  attempt(async () => add(await droppedFiles(event.dataTransfer)));
});
document.addEventListener('paste', (event) => {
  const files = pastedFiles(event.clipboardData);
  if (files.length === 0) return;
  event.preventDefault();
  location.hash = '#/photos';
  add(files);
});
store.addEventListener('change', ({ detail }) => {
  for (const key of detail.photos ?? rows.keys()) {
    const photo = store.photos.get(key);
    if (photo) rows.get(key)?.follow(photo);
  }
});
