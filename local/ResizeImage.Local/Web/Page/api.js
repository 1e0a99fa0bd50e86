/** Asks the page's server. Throws an Error whose message is for the person at the page. */
async function ask(path, method = 'GET', body = undefined) {
  let response;
  try {
    response = await fetch(path, { method, body, headers: method === 'GET' ? {} : { 'Content-Type': 'application/json' } });
  } catch {
    throw new Error('The local cloud does not answer. Is ./run.sh still running?');
  }
  if (!response.ok) {
    const error = await response.json().catch(() => null);
    throw new Error(error?.message ?? `The local cloud answered ${response.status}.`);
  }
  return response;
}

const json = async (...request) => (await ask(...request)).json();

/** A small version of a photo, made by the engine: browsers cannot show HEIC, TIFF and other formats that it reads. */
export const previewOf = ({ key, eTag, preview }) => preview ?? `api/preview?key=${encodeURIComponent(key)}&etag=${eTag}`;

/** A presigned URL to PUT a photo to: {key, url, contentType}. */
export const presignUpload = (name, type) => json('api/uploads', 'POST', JSON.stringify({ name, type }));

/** Puts a file under the input prefix. Gives its key. @param {string} name @param {Blob} file */
export async function putPhoto(name, file) {
  const { key, url, contentType } = await presignUpload(name, file.type);
  const response = await fetch(url, { method: 'PUT', body: file, headers: { 'Content-Type': contentType } });
  if (!response.ok) throw new Error(`S3 answered ${response.status}: ${key} was not put.`);
  return key;
}

/** An invocation with its event, response and log. */
export const getInvocation = (id) => json(`api/invocation?id=${encodeURIComponent(id)}`);

/** The event that S3 would send if the photo were put now, as text. */
export const getEvent = async (key) => (await ask(`api/event?key=${encodeURIComponent(key)}`)).text();

/** Sends the function an event; gives {id}. */
export const sendEvent = (event) => json('api/invocations', 'POST', event);

export const deletePhoto = (key) => ask(`api/photo?key=${encodeURIComponent(key)}`, 'DELETE');

/** Gives the function other settings; gives those that hold then. */
export const putSettings = (settings) => json('api/settings', 'PUT', JSON.stringify(settings));

/** Has S3 or Lambda misbehave once. @param {'unavailable'|'timeout'|'duplicate'|'reorder'} kind */
export const armFault = (kind) => ask('api/faults', 'POST', JSON.stringify({ kind }));
