import { announce, attempt, offer } from './announcer.js';
import { deletePhoto, presignUpload } from './api.js';
import { Confirmation } from './confirmation.js';

/** Puts bytes that were kept under the key of a deleted photo. */
async function restore({ key, name }, file) {
  const { url, contentType } = await presignUpload(name, file.type);
  const response = await fetch(url, { method: 'PUT', body: file, headers: { 'Content-Type': contentType } });
  if (!response.ok) throw new Error(`S3 answered ${response.status}: ${key} is not restored.`);
  announce(`${key} was restored.`);
}

/** Deletes a photo and offers to undo that: this bucket has no versions, so the page keeps the bytes itself. */
async function remove(photo) {
  const response = await fetch(photo.url, { cache: 'no-store' });
  if (!response.ok) throw new Error(`S3 answered ${response.status}: ${photo.key} is not deleted.`);
  const file = await response.blob();
  await deletePhoto(photo.key);
  offer(`${photo.key} was deleted.`, 'Undo', () => attempt(() => restore(photo, file)));
}

/** Asks, then deletes. @param {object} photo */
export function askToDelete(photo) {
  const thumbnails = photo.thumbnails.length > 1 ? 'thumbnails' : 'thumbnail';
  new Confirmation('Delete the photo?', `${photo.key} and its ${thumbnails} are deleted from S3. The page can undo this until it is closed or you delete something else.`,
    'Delete photo', () => attempt(() => remove(photo))).show();
}
