// Light and dark: as the browser has it, until the switch is used.
import assert from 'node:assert/strict';
import { run } from './browser.mjs';

await run(async (page) => {
  const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const [light, dark] = ['rgb(246, 245, 242)', 'rgb(21, 21, 19)'];
  const button = page.getByRole('button', { name: 'Dark colors' });
  const isPressed = (pressed) => page.getByRole('button', { name: 'Dark colors', pressed }).waitFor(); // soon: the browser tells the page of its colors by an event
  await page.emulateMedia({ colorScheme: 'light' });
  assert.equal(await ground(), light);
  await isPressed(false);
  await page.emulateMedia({ colorScheme: 'dark' });
  assert.equal(await ground(), dark);
  await isPressed(true);

  // The other than the browser's is kept, and there before anything is drawn.
  await button.click();
  assert.equal(await ground(), light);
  await page.reload({ waitUntil: 'commit' });
  await page.waitForFunction(() => document.body);
  assert.equal(await ground(), light);
  await page.getByText('Live', { exact: true }).waitFor();
  await isPressed(false);

  // The browser's own is not: the page follows it again.
  await button.click();
  assert.equal(await ground(), dark);
  await page.emulateMedia({ colorScheme: 'light' });
  assert.equal(await ground(), light);
});
