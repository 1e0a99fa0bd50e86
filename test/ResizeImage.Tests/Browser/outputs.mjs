// Several thumbnails of each photo: side by side in the details, the first on the card, and the share of bytes that they save.
import assert from 'node:assert/strict';
import { card, checkAccessibility, counts, dialog, matches, run, upload } from './browser.mjs';
import { photo, thumbnail } from './pictures.mjs';

await run(async (page) => {
  const setting = (name) => page.getByLabel(name, { exact: true });
  const apply = async (values) => {
    await page.getByRole('link', { name: 'Settings' }).click();
    for (const [name, value] of Object.entries(values)) await setting(name).fill(value);
    await page.getByRole('button', { name: 'Apply' }).click();
  };
  const isApplied = () => page.getByRole('button', { name: 'Apply', exact: true }).waitFor();
  const captions = () => dialog(page).locator('.outputs figcaption').allInnerTexts();

  // One thumbnail: no list of outputs.
  await upload(page, [photo('orientation/landscape_1.jpg', 'one.jpg')]);
  await card(page, 'one.jpg').getByRole('button').click();
  await dialog(page).getByText('Thumbnail, in its own size').waitFor();
  assert.equal(await dialog(page).locator('.outputs li').count(), 0);
  await page.keyboard.press('Escape');

  // Two thumbnails must not have one key; the function says so.
  await apply({ Size: '200x200,card=400x300.webp', 'Output key': '{path}' });
  await matches(page.getByRole('alert'), /"200x200" and "card" could get the same key/);
  await apply({ Size: '200x200,card=400x300.webp,narrow=160x.png', 'Output key': '{name}/{size}.{format}' });
  await isApplied();

  await page.getByRole('link', { name: 'Photos' }).click();
  await upload(page, [photo('photos/moto-g-8mp.jpg', 'three.jpg')]);
  await page.getByText('2 photos · 6 thumbnails').waitFor();
  await card(page, 'three.jpg').getByText(/→ 3 thumbnails, .* → .*ms\. The thumbnails save \d\d% of the photo's bytes\.$/).waitFor();
  const first = await thumbnail(card(page, 'three.jpg'));
  assert.deepEqual([first.type, first.width, first.height], ['image/jpeg', 200, 200]);

  // The sum of what S3 has, not of what a report says.
  const sizes = await page.evaluate(async () => {
    const { store } = await import('/store.js');
    const { size, thumbnails } = store.photos.get('input/three.jpg');
    const files = await Promise.all(thumbnails.map(async ({ url }) => (await (await fetch(url)).blob()).size));
    return { photo: size, thumbnails: files.reduce((sum, one) => sum + one, 0) };
  });
  const saved = Math.floor((1 - (sizes.thumbnails / sizes.photo)) * 100);
  await matches(card(page, 'three.jpg'), new RegExp(`save ${saved}% of`));

  await card(page, 'three.jpg').getByRole('button').click();
  await dialog(page).locator('.outputs .loaded').nth(2).waitFor();
  await dialog(page).getByText(/ × .*, PNG/).waitFor();
  const [square, wide, narrow] = await captions();
  assert.match(square, /^200x200\n200 × 200, JPEG, [\d.]+ kB\noutput\/three\/200x200\.jpg$/);
  assert.match(wide, /^card\n400 × 300, WEBP, [\d.]+ kB\noutput\/three\/card\.webp$/);
  assert.match(narrow, /^narrow\n160 × 120, PNG, [\d.]+ kB\noutput\/three\/narrow\.png$/);
  await counts(dialog(page).getByRole('img', { name: 'The thumbnail card of three.jpg' }), 1);
  await checkAccessibility(page, 'outputs');

  // The dialog follows S3: a thumbnail that a client deletes disappears.
  await page.evaluate(async () => {
    const { store } = await import('/store.js');
    const { url } = store.photos.get('input/three.jpg').thumbnails[1];
    await fetch(new URL(url).origin + new URL(url).pathname, { method: 'DELETE' });
  });
  await dialog(page).locator('.outputs li').nth(2).waitFor({ state: 'detached' });
  assert.equal((await captions()).length, 2);
  await page.keyboard.press('Escape');

  // The settings had the thumbnails of the photo from before made again, to compare them.
  await card(page, 'one.jpg').getByRole('button').click();
  await dialog(page).locator('.outputs .loaded').nth(2).waitFor();
  assert.equal(await dialog(page).getByText('Thumbnail, in its own size').isVisible(), false);
  await page.setViewportSize({ width: 360, height: 780 });
  await checkAccessibility(page, 'outputs-phone');

  // A deleted photo disappears with all its thumbnails.
  await dialog(page).getByRole('button', { name: 'Delete photo…' }).click();
  await page.getByText('input/one.jpg and its thumbnails are deleted from S3.').waitFor();
  await page.getByRole('dialog', { name: 'Delete the photo?' }).getByRole('button', { name: 'Delete photo' }).click();
  await card(page, 'one.jpg').waitFor({ state: 'detached' });
  await page.getByText('1 photo · 2 thumbnails').waitFor();
}, { allowed: /422/ });
