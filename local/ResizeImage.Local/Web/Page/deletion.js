import { announce, attempt, offer } from './announcer.js';
import { deletePhoto, putPhoto } from './api.js';
import { Confirmation } from './confirmation.js';

/** Puts the bytes that were kept under the key of a deleted photo. */
async function restore({ name }, file) {
  announce(`${await putPhoto(name, file)} was restored.`);
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
