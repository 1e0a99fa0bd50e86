import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A file of the corpus, for upload under another name. */
export const photo = (path, name) => ({ name, mimeType: 'image/jpeg', buffer: readFileSync(join(process.env.CORPUS, path)) });

/** A text that says it were a photo. */
export const text = { name: 'notes.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('These are notes, and no picture.') };

/** A red disc on nothing, encoded by the browser. */
export async function transparentPng(page, name) {
  const bytes = await page.evaluate(async () => {
    const canvas = new OffscreenCanvas(640, 400);
    const context = canvas.getContext('2d');
    context.fillStyle = 'rgb(200, 30, 40)';
    context.arc(320, 200, 150, 0, 7);
    context.fill();
    return [...new Uint8Array(await (await canvas.convertToBlob({ type: 'image/png' })).arrayBuffer())];
  });
  return { name, mimeType: 'image/png', buffer: Buffer.from(bytes) };
}

/** The thumbnail that a card shows, as the browser decodes it: {type, width, height, pixel(x, y)}. */
export async function thumbnail(card) {
  const image = card.locator('.thumbnail .loaded img');
  await image.waitFor();
  const decoded = await image.evaluate(async (element) => {
    const blob = await (await fetch(element.src)).blob();
    const bitmap = await createImageBitmap(blob);
    const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d');
    context.drawImage(bitmap, 0, 0);
    return { type: blob.type, width: bitmap.width, height: bitmap.height, rgba: [...context.getImageData(0, 0, bitmap.width, bitmap.height).data] };
  });
  return { ...decoded, pixel: (x, y) => decoded.rgba.slice((y * decoded.width + x) * 4, (y * decoded.width + x) * 4 + 4) };
}

/**
 * How far a square thumbnail is from what the browser itself makes of the photo, upright and cropped to a square: of a
 * portrait, the square around three tenths of its height, as far as it reaches. The result is the mean difference of
 * samples, 0 to 255. It scales in gamma and with another filter, so that right thumbnails are some units away, and wrong ones tens.
 * @param {number} turned the photo is turned by so many quarters first, for a thumbnail that would be wrong
 */
export const distance = (card, size, turned = 0) => card.evaluate(async (element, { size, turned }) => {
  const load = async (url) => createImageBitmap(await (await fetch(url)).blob());
  const pixels = (draw) => {
    const context = new OffscreenCanvas(size, size).getContext('2d');
    draw(context);
    return context.getImageData(0, 0, size, size).data;
  };
  // Not the small version that the card shows.
  const { store } = await import('/store.js');
  const photo = await load(store.photos.get(element.dataset.key).url);
  const side = Math.min(photo.width, photo.height);
  // Drawn first: of a turned photo, createImageBitmap counts the crop in stored pixels.
  const square = new OffscreenCanvas(side, side);
  square.getContext('2d').drawImage(photo, (side - photo.width) / 2, -Math.max(0, (photo.height * 0.3) - (side / 2)));
  const small = await createImageBitmap(square, { resizeWidth: size, resizeHeight: size, resizeQuality: 'high' });
  const expected = pixels((context) => {
    context.translate(size / 2, size / 2);
    context.rotate((turned * Math.PI) / 2);
    context.drawImage(small, -size / 2, -size / 2);
  });
  const thumbnail = await load(element.querySelector('.thumbnail img').src);
  const made = pixels((context) => context.drawImage(thumbnail, 0, 0));
  return made.reduce((sum, sample, index) => sum + Math.abs(sample - expected[index]), 0) / (size * size * 3);
}, { size, turned });
