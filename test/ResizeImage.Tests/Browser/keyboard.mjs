// The whole way without a mouse.
import assert from 'node:assert/strict';
import { dialog, run } from './browser.mjs';
import { photo } from './pictures.mjs';

await run(async (page) => {
  const focused = () => page.evaluate(() => document.activeElement.textContent.trim() || document.activeElement.id);
  const tabTo = async (text, key = 'Tab') => {
    for (let steps = 0; steps < 40; steps++) {
      await page.keyboard.press(key);
      if (await focused() === text) return;
    }
    assert.fail(`${key} does not come to "${text}", but to "${await focused()}"`);
  };

  await page.keyboard.press('Tab');
  assert.equal(await focused(), 'Skip to content');
  await page.keyboard.press('Enter');
  assert.equal(await page.evaluate(() => document.activeElement.id), 'main');

  const chooser = page.waitForEvent('filechooser');
  await tabTo('Choose photos');
  await page.keyboard.press('Enter');
  await (await chooser).setFiles([photo('orientation/portrait_8.jpg', 'by keyboard.jpg')]);
  await page.locator('.card[data-status=made]').waitFor();

  // A screen reader is told.
  await page.locator('.live', { hasText: 'by keyboard.jpg: Made.' }).waitFor({ state: 'attached' });

  // Arrow keys move between photos, also from one dialog to the next.
  await page.locator('#files').setInputFiles([photo('orientation/portrait_1.jpg', 'second.jpg')]);
  await page.locator('.card[data-status=made]').nth(1).waitFor();
  await tabTo('second.jpg');
  await page.keyboard.press('ArrowRight');
  assert.equal(await focused(), 'by keyboard.jpg');
  await page.keyboard.press('ArrowLeft');
  assert.equal(await focused(), 'second.jpg');
  await page.keyboard.press('Enter');
  await dialog(page).getByRole('heading', { name: 'second.jpg' }).waitFor();
  await page.keyboard.press('ArrowRight');
  await dialog(page).getByRole('heading', { name: 'by keyboard.jpg' }).waitFor();
  await dialog(page).getByText('input/by keyboard.jpg', { exact: true }).waitFor();
  await page.keyboard.press('ArrowRight');
  await dialog(page).getByRole('heading', { name: 'by keyboard.jpg' }).waitFor();
  await page.keyboard.press('Escape');
  assert.equal(await focused(), 'second.jpg');

  await tabTo('by keyboard.jpg');
  await page.keyboard.press('Enter');
  await dialog(page).waitFor();
  await tabTo('Replay event');
  await page.keyboard.press('Space');
  // Before the result, whose announcement takes its place.
  await dialog(page).locator('.live', { hasText: 'The event was sent again.' }).waitFor({ state: 'attached' });
  await dialog(page).getByLabel('2 invocations').waitFor();
  await page.keyboard.press('Escape');
  assert.equal(await dialog(page).count(), 0);
  assert.equal(await focused(), 'by keyboard.jpg');

  // And back to the top, to another view.
  for (const text of ['Clear list', 'Choose photos', 'Settings']) await tabTo(text, 'Shift+Tab');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Settings', level: 1 }).waitFor();
  assert.equal(await page.title(), 'Settings – ResizeImage');
  await page.keyboard.press('Tab');
  assert.equal(await page.evaluate(() => document.activeElement.name), 'size');
});
