// Settings hold for the next upload, and show what they change.
import assert from 'node:assert/strict';
import { card, checkAccessibility, counts, matches, run, upload } from './browser.mjs';
import { photo, thumbnail } from './pictures.mjs';

await run(async (page) => {
  await upload(page, [photo('orientation/landscape_1.jpg', 'before.jpg')]);
  await page.getByRole('link', { name: 'Settings' }).click();
  const setting = (name) => page.getByLabel(name, { exact: true });
  assert.equal(await setting('Size').inputValue(), '200x200');

  // What the function refuses, it says itself, and nothing changes.
  await setting('Size').fill('200');
  await page.getByRole('button', { name: 'Apply' }).click();
  await matches(page.getByRole('alert'), /THUMBNAIL_SIZE.*200/s);

  await setting('Size').fill('120x160');
  await setting('Fit').selectOption('contain');
  await setting('Format').selectOption('png');
  await setting('Background').fill('#00ff00');
  await setting('Progressive').selectOption('true');
  await matches(page.getByLabel('Command of the AWS CLI'), /get-function-configuration .*"THUMBNAIL_SIZE":"120x160","THUMBNAIL_FIT":"contain".*"THUMBNAIL_PROGRESSIVE":"true".*update-function-configuration/s);
  await page.getByRole('button', { name: 'Apply' }).click();
  await page.locator('figure[data-title=After]').waitFor();
  await matches(page.locator('figure[data-title=Before]'), /200 × 200, JPEG/);
  await matches(page.locator('figure[data-title=After]'), /120 × 160, PNG/);

  // The slider over both images moves by keyboard and by pointer.
  const range = page.getByRole('slider', { name: 'Before on the left, after on the right' });
  const stage = page.locator('.slider');
  const clips = () => stage.locator('img').evaluateAll((images) => images.map((image) => [image.naturalWidth, getComputedStyle(image).clipPath]));
  assert.equal(await range.inputValue(), '50');
  assert.deepEqual(await clips(), [[200, 'inset(0px 50% 0px 0px)'], [120, 'inset(0px 0px 0px 50%)']]);
  await range.focus();
  await page.keyboard.press('End');
  assert.deepEqual(await clips(), [[200, 'inset(0px 0% 0px 0px)'], [120, 'inset(0px 0px 0px 100%)']]);
  await page.keyboard.press('ArrowLeft');
  assert.equal(await range.getAttribute('aria-valuetext'), '99% before, 1% after');
  const box = await stage.boundingBox();
  assert.deepEqual([box.width, box.height], [200, 200]);
  await page.mouse.click(box.x + (box.width / 4), box.y + 30);
  assert.equal(await range.inputValue(), '25');
  await counts(page.locator('.before-after figure'), 2);
  await page.evaluate(() => window.scrollTo(0, 0));
  await checkAccessibility(page, 'comparison');

  await page.getByRole('link', { name: 'Photos' }).click();
  await upload(page, [photo('orientation/landscape_2.jpg', 'after.jpg')]);
  const after = await thumbnail(card(page, 'after.jpg'));
  assert.deepEqual([after.type, after.width, after.height], ['image/png', 120, 160]);
  assert.deepEqual(after.pixel(60, 0), [0, 255, 0, 255]);
  assert.deepEqual(after.pixel(60, 159), [0, 255, 0, 255]);
  assert.notDeepEqual(after.pixel(60, 80), [0, 255, 0, 255]);

  // All are made again with the settings of now.
  await page.getByRole('link', { name: 'Settings' }).click();
  await setting('Size').fill('110x110');
  await page.getByRole('button', { name: 'Apply' }).click();
  await page.locator('figure[data-title=After]', { hasText: '110 × 110' }).waitFor();
  await page.getByRole('button', { name: 'Remake all thumbnails' }).click();
  await page.getByText('All 2 are remade.', { exact: true }).waitFor();
  await page.getByRole('link', { name: 'Photos' }).click();
  for (const name of ['before.jpg', 'after.jpg']) {
    await card(page, name).getByText('110 × 110').waitFor();
    assert.equal((await thumbnail(card(page, name))).width, 110);
  }

  // The thumbnail of before is another shape than that of after, and none of them stands on a pattern: both are opaque.
  await page.getByRole('link', { name: 'Directory' }).click();
  await page.locator('.person .loaded').nth(1).waitFor();
  assert.equal(await page.locator('.transparent').count(), 0);

  // With several thumbnails, the first is compared, also under another key than before.
  await page.getByRole('link', { name: 'Settings' }).click();
  await setting('Size').fill('card=90x70.fill.webp,60x60');
  await page.getByRole('button', { name: 'Apply' }).click();
  await page.locator('figure[data-title=After]', { hasText: '90 × 70, WEBP' }).waitFor();
  await matches(page.locator('figure[data-title=Before]'), /110 × 110, PNG/);
  await page.getByRole('slider').waitFor();

  // New processes: cold starts again.
  await page.getByRole('link', { name: 'Invocations' }).click();
  await page.getByRole('button', { name: 'input/after.jpg' }).first().waitFor();
  await counts(page.locator('td .cold'), 4);
}, { allowed: /422/ });
