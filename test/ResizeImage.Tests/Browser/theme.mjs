// Light and dark: as the browser has it, until the switch is used.
import assert from 'node:assert/strict';
import { run } from './browser.mjs';

await run(async (page) => {
  const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const [light, dark] = ['rgb(246, 245, 242)', 'rgb(21, 21, 19)'];
  const button = page.getByRole('button', { name: 'Dark colors' });
  await page.emulateMedia({ colorScheme: 'light' });
  assert.equal(await ground(), light);
  assert.equal(await button.getAttribute('aria-pressed'), 'false');
  await page.emulateMedia({ colorScheme: 'dark' });
  assert.equal(await ground(), dark);
  assert.equal(await button.getAttribute('aria-pressed'), 'true');

  // The other than the browser's is kept, and there before anything is drawn.
  await button.click();
  assert.equal(await ground(), light);
  await page.reload({ waitUntil: 'commit' });
  await page.waitForFunction(() => document.body);
  assert.equal(await ground(), light);
  await page.getByText('Live', { exact: true }).waitFor();
  assert.equal(await button.getAttribute('aria-pressed'), 'false');

  // The browser's own is not: the page follows it again.
  await button.click();
  assert.equal(await ground(), dark);
  await page.emulateMedia({ colorScheme: 'light' });
  assert.equal(await ground(), light);
});
