// Every view and dialog in light and dark, on a desktop and a phone: no violation of accessibility rules, nothing wider than the window.
// SCREENSHOTS names a folder that gets a picture of each.
import { card, checkAccessibility as check, dialog, run, upload } from './browser.mjs';
import { photo, text, transparentPng } from './pictures.mjs';

await run(async (page) => {
  await upload(page, [photo('photos/nikon-d40-6mp.jpg', 'anna-lindqvist.jpg'), await transparentPng(page, 'red_disc.png'), photo('orientation/landscape_8.jpg', 'Omar Haddad.jpg'), text]);
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
