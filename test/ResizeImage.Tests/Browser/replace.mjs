// A photo is replaced under its name, and made again with other settings: the page shows what is in S3 now.
import assert from 'node:assert/strict';
import { card, dialog, run, upload } from './browser.mjs';
import { distance, photo, thumbnail } from './pictures.mjs';

const sources = (page) => page.locator('img').evaluateAll((images) => images.map((image) => image.src));

await run(async (page) => {
  const here = card(page, 'same.jpg');
  await upload(page, [photo('photos/moto-g-8mp.jpg', 'same.jpg')]);
  await here.locator('.thumbnail .loaded').waitFor();
  await here.locator('.original .loaded').waitFor();
  const before = { photo: await here.locator('.original img').getAttribute('src'), thumbnail: await here.locator('.thumbnail img').getAttribute('src') };
  assert.ok(await distance(here, 200) < 9);

  await page.locator('#files').setInputFiles([photo('photos/nikon-d40-6mp.jpg', 'same.jpg')]);
  await here.getByText('2000 × 3008').waitFor();
  await page.waitForFunction(([old]) => document.querySelector('.thumbnail .loaded img')?.getAttribute('src') !== old, [before.thumbnail]);
  await here.locator('.original .loaded').waitFor();
  assert.notEqual(await here.locator('.original img').getAttribute('src'), before.photo);
  const [width, height] = await here.locator('.original img').evaluate((image) => [image.naturalWidth, image.naturalHeight]);
  assert.ok(width < height, 'the card still shows the photo before');

  // The thumbnail that is shown is of the new photo.
  await here.locator('.thumbnail .loaded').waitFor();
  const right = await distance(here, 200);
  assert.ok(right < 15, `the card still shows the thumbnail before: ${right}`);

  // And of the new settings.
  await page.getByRole('link', { name: 'Settings' }).click();
  await page.getByLabel('Size', { exact: true }).fill('320x180');
  await page.getByRole('button', { name: 'Apply' }).click();
  await page.locator('figure[data-title=After]').waitFor();
  await page.getByRole('link', { name: 'Photos' }).click();
  await page.waitForFunction(() => document.querySelector('.thumbnail .loaded img')?.naturalWidth === 320);
  assert.deepEqual((await thumbnail(here)).width, 320);

  for (const source of await sources(page)) assert.doesNotMatch(source, /undefined|null/);
  await here.getByRole('button').click();
  await dialog(page).getByRole('img', { name: 'The photo same.jpg' }).waitFor();
  for (const source of await sources(page)) assert.doesNotMatch(source, /undefined|null/);
});
