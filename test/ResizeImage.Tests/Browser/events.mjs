// An event again, twice, and by hand.
import assert from 'node:assert/strict';
import { card, counts, dialog, run, upload } from './browser.mjs';
import { photo } from './pictures.mjs';

await run(async (page) => {
  await upload(page, [photo('orientation/portrait_1.jpg', 'portrait.jpg')]);
  await card(page, 'portrait.jpg').getByRole('button').click();
  await dialog(page).getByRole('button', { name: 'Replay event' }).click();
  await dialog(page).getByLabel('2 invocations').waitFor();
  await dialog(page).getByRole('button', { name: 'Send it twice' }).click();
  await dialog(page).getByLabel('4 invocations').waitFor();

  // The first of them can be looked at again: it was the cold start.
  await dialog(page).getByLabel('4 invocations').selectOption({ index: 3 });
  await dialog(page).getByText('cold start', { exact: true }).waitFor();

  await dialog(page).getByRole('button', { name: 'Edit and send…' }).click();
  const event = dialog(page).getByLabel('Event (JSON)');
  const original = await event.inputValue();
  await event.fill('{ "Records": ');
  await dialog(page).getByText('This is not JSON').waitFor();
  assert.equal(await dialog(page).getByRole('button', { name: 'Send' }).isDisabled(), true);

  await event.fill(original.replaceAll('input/portrait.jpg', 'input/nobody.jpg'));
  await dialog(page).getByRole('button', { name: 'Send' }).click();
  await dialog(page).getByText('What came of it').waitFor();
  const came = await dialog(page).innerText();
  assert.match(came, /"source": "s3:\/\/photos\/input\/nobody.jpg"/);
  assert.match(came, /Succeeded/);
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');

  await page.getByRole('link', { name: 'Invocations' }).click();
  await page.getByRole('button', { name: 'input/nobody.jpg' }).waitFor();
  await counts(page.locator('#invocation-rows tr'), 5);
  await page.getByRole('button', { name: 'input/nobody.jpg' }).click();
  await dialog(page).getByText('input/nobody.jpg').first().waitFor();
});
