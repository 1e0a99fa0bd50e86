// Cards of phone photos load small versions, and the bars of stages say what they mean.
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { card, counts, dialog, matches, run, upload } from './browser.mjs';
import { photo, text, transparentPng } from './pictures.mjs';

await run(async (page, server) => {
  let bytes = 0;
  const originals = [];
  page.on('response', async (response) => {
    const { resourceType, url, method } = { resourceType: response.request().resourceType(), url: response.url(), method: response.request().method() };
    if (resourceType !== 'image' || method !== 'GET') return;
    if (url.startsWith(server.s3) && url.includes('/input/')) originals.push(url);
    bytes += Number((await response.allHeaders())['content-length'] ?? 0);
  });
  const names = readdirSync(join(process.env.CORPUS, 'photos')).filter((name) => name.endsWith('.jpg'));
  await upload(page, names.map((name) => photo(`photos/${name}`, name)));
  await page.waitForFunction((count) => document.querySelectorAll('.original .loaded').length + document.querySelectorAll('.thumbnail .loaded').length === 2 * count, names.length);
  assert.deepEqual(originals, []);
  assert.ok(bytes < 80_000 * names.length, `${names.length} photos took ${bytes} bytes`);

  // Upright, whole, and large enough for the box.
  const sizes = await page.locator('.original img').evaluateAll((images) => images.map((image) => [image.naturalWidth, image.naturalHeight]));
  for (const [width, height] of sizes) assert.equal(Math.max(width, height), 400);

  // One that the engine does not read shows nothing, one that is transparent shows what is behind.
  await upload(page, [text, await transparentPng(page, 'disc.png')]);
  await card(page, 'notes.jpg').locator('.original .none').waitFor();
  await card(page, 'disc.png').locator('.thumbnail .transparent').waitFor();
  await counts(page.locator('.thumbnail .transparent'), 1);

  // Small photos are shown themselves, unless the browser cannot.
  await upload(page, [photo('heif/heic/x265-422.heic', 'small.heic')]);
  await card(page, 'small.heic').locator('.original .loaded img').waitFor();
  await card(page, 'small.heic').getByRole('button', { name: 'small.heic' }).click();
  await dialog(page).locator('.large .loaded').getByRole('img', { name: 'The photo small.heic' }).waitFor();
  await page.keyboard.press('Escape');

  const legend = page.getByRole('list', { name: 'Colors of the bars: time by stage' });
  await matches(legend, /read the photo from S3.*make the thumbnail.*write it to S3/s);
  const bar = card(page, names[0]).locator('.stages');
  await bar.scrollIntoViewIfNeeded();
  const box = await bar.boundingBox();
  const onTop = await page.evaluate(([x, y]) => document.elementFromPoint(x, y).closest('.stages')?.title, [box.x + box.width / 2, box.y + box.height / 2]);
  assert.match(onTop, /make [\d.,]+ ms/);
  await bar.click();
  await dialog(page).getByRole('img', { name: `The photo ${names[0]}` }).waitFor();
}, { allowed: /status of 404/ });
