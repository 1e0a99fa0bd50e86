// A JPEG, a PNG with transparency, a phone's turned photo and a text named .jpg: three right thumbnails, and one rejection.
import assert from 'node:assert/strict';
import { card, checkAccessibility, counts, dialog, drop, matches, run, upload } from './browser.mjs';
import { distance, photo, text, thumbnail, transparentPng } from './pictures.mjs';

await run(async (page) => {
  await upload(page, [photo('photos/moto-g-8mp.jpg', 'flower.jpg'), await transparentPng(page, 'disc.png'), photo('orientation/landscape_6.jpg', 'from a phone.jpg'), text]);
  await page.getByText('4 photos · 3 thumbnails · 1 rejected').waitFor();

  for (const name of ['flower.jpg', 'from a phone.jpg']) {
    const { type, width, height } = await thumbnail(card(page, name));
    assert.deepEqual([type, width, height], ['image/jpeg', 200, 200]);
    const right = await distance(card(page, name), 200);
    assert.ok(right < 9, `${name} is ${right} away from the photo`);
    for (const turned of [1, 2, 3]) {
      const wrong = await distance(card(page, name), 200, turned);
      assert.ok(wrong > 3 * right, `${name} is not upright: ${right} away from the photo, ${wrong} when it is turned by ${turned} quarters`);
    }
  }

  const disc = await thumbnail(card(page, 'disc.png'));
  assert.deepEqual([disc.type, disc.width, disc.height], ['image/png', 200, 200]);
  for (const [x, y] of [[0, 0], [199, 0], [0, 199], [199, 199]]) assert.equal(disc.pixel(x, y)[3], 0);
  assert.deepEqual(disc.pixel(100, 100), [200, 30, 40, 255]);

  const rejected = card(page, 'notes.jpg');
  await matches(rejected, /Rejected/);
  await matches(rejected, /The file is not an image/);
  await matches(page.locator('#upload-list li', { hasText: 'notes.jpg' }), /Rejected: The file is not an image/);

  // The reason is there once, and a word on why the invocation is a success.
  await rejected.getByRole('button').click();
  await dialog(page).getByText('The invocation succeeded: the function rejected the photo').waitFor();
  await counts(dialog(page).locator('.problem'), 1);
  await page.keyboard.press('Escape');

  // All about one of them.
  await card(page, 'from a phone.jpg').getByRole('button').click();
  await dialog(page).getByText('ObjectCreated:Put', { exact: true }).waitFor();
  await dialog(page).getByText('Event', { exact: true }).last().click();
  const shown = await dialog(page).innerText();
  assert.match(shown, /"key": "input\/from\+a\+phone.jpg"/);
  assert.match(shown, /1,?200 × 1,?800|1,?800 × 1,?200/);
  assert.match(shown, /Billed duration\s+[\d,]+ ms/);
  assert.match(shown, /Max memory used\s+\d+ of \d+ MB/);
  assert.match(await dialog(page).getByRole('img', { name: /^Time by stage/ }).getAttribute('aria-label'), /read [\d.,]+ ms, make [\d.,]+ ms, write [\d.,]+ ms/);
  await matches(dialog(page), /made s3:\/\/photos\/output\/from a phone.jpg/);
  await dialog(page).getByRole('button', { name: 'Close' }).click();

  // The same, as a directory of people.
  await page.getByRole('link', { name: 'Directory' }).click();
  await page.locator('.person .loaded').first().waitFor();
  assert.deepEqual(await page.locator('.person p').allInnerTexts(), ['Disc', 'Flower', 'From A Phone']);
  await page.getByLabel('Find a name').fill('flow');
  assert.deepEqual(await page.locator('.person p').allInnerTexts(), ['Flower']);

  // A person is opened, and leads to the photo.
  await page.getByRole('button', { name: 'Flower' }).click();
  await page.getByRole('dialog', { name: 'Flower' }).getByRole('img', { name: 'The thumbnail of Flower' }).waitFor();
  await checkAccessibility(page, 'person');
  await page.getByRole('button', { name: 'Photo and invocations…' }).click();
  await page.getByRole('dialog', { name: 'flower.jpg' }).getByText('Request ID').waitFor();
  await page.keyboard.press('Escape');

  // What is dropped anywhere is uploaded, and shown.
  await drop(page, [photo('orientation/portrait_5.jpg', 'dropped.jpg')]);
  await card(page, 'dropped.jpg').locator('.thumbnail .loaded').waitFor();

  // To delete one takes a second word; Escape and Enter are none.
  await card(page, 'flower.jpg').getByRole('button').click();
  for (const no of ['Escape', 'Enter']) {
    await dialog(page).getByRole('button', { name: 'Delete photo…' }).click();
    await page.getByRole('dialog', { name: 'Delete the photo?' }).waitFor();
    await page.keyboard.press(no);
    await page.getByRole('dialog', { name: 'Delete the photo?' }).waitFor({ state: 'detached' });
  }
  await matches(page.locator('#photos-summary'), /^5 photos/);

  // Deleted, a photo disappears, and its thumbnail too; until it is undone.
  await dialog(page).getByRole('button', { name: 'Delete photo…' }).click();
  await page.getByRole('dialog', { name: 'Delete the photo?' }).getByRole('button', { name: 'Delete photo' }).click();
  await page.getByText('4 photos · 3 thumbnails · 1 rejected').waitFor();
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.getByText('5 photos · 4 thumbnails · 1 rejected').waitFor();
  assert.ok(await distance(card(page, 'flower.jpg'), 200) < 9);
});
