// Every view and dialog in light and dark, on a desktop and a phone: no violation of accessibility rules, nothing wider than the window.
// SCREENSHOTS names a folder that gets a picture of each.
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { card, dialog, packageFile, run, upload } from './browser.mjs';
import { photo, text, transparentPng } from './pictures.mjs';

const axe = readFileSync(packageFile('axe-core/axe.min.js'), 'utf8');
const folder = process.env.SCREENSHOTS;
mkdirSync(folder, { recursive: true });

async function check(page, name) {
  await page.waitForFunction(() => [...document.querySelectorAll('.picture:not(.none)')].every((picture) => {
    const { top, bottom, height } = picture.getBoundingClientRect();
    return picture.classList.contains('loaded') || height === 0 || bottom < 0 || top > window.innerHeight;
  }));
  await page.waitForFunction(() => document.getAnimations().every((animation) => animation.playState !== 'running'));
  await page.screenshot({ path: join(folder, `${name}.png`) });
  const { violations } = await page.evaluate(() => axe.run());
  assert.deepEqual(violations.map(({ id, nodes }) => `${name}: ${id}: ${nodes.map((node) => `${node.html} ${node.failureSummary}`).join('; ')}`), []);
  const wider = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  assert.equal(wider, 0, `${name} is ${wider} pixels wider than the window`);
}

await run(async (page) => {
  await upload(page, [photo('photos/nikon-d40-6mp.jpg', 'anna-lindqvist.jpg'), await transparentPng(page, 'red_disc.png'), photo('orientation/landscape_8.jpg', 'Omar Haddad.jpg'), text]);
  await page.evaluate(axe);
  for (const [device, width, height] of [['desktop', 1280, 900], ['phone', 360, 780]]) {
    await page.setViewportSize({ width, height });
    for (const colorScheme of ['light', 'dark']) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      for (const view of ['Photos', 'Directory', 'Invocations', 'Settings']) {
        await page.getByRole('link', { name: view }).click();
        await page.getByRole('heading', { name: view, level: 1 }).waitFor();
        await check(page, `${view.toLowerCase()}-${device}-${colorScheme}`);
      }
      await page.getByRole('link', { name: 'Photos' }).click();
      await card(page, 'anna-lindqvist.jpg').getByRole('button').click();
      await dialog(page).getByText('Request ID').waitFor();
      await check(page, `details-${device}-${colorScheme}`);
      await dialog(page).getByRole('button', { name: 'Edit and send…' }).click();
      await check(page, `editor-${device}-${colorScheme}`);
      await page.keyboard.press('Escape');
      await dialog(page).getByRole('button', { name: 'Delete photo…' }).click();
      await check(page, `delete-${device}-${colorScheme}`);
      await page.keyboard.press('Escape');
      await page.keyboard.press('Escape');
    }
  }
});
