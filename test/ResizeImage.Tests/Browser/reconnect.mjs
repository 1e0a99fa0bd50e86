// The local cloud goes and comes again: the page says so, and then knows what is there.
import assert from 'node:assert/strict';
import { card, run, upload } from './browser.mjs';
import { photo } from './pictures.mjs';

await run(async (page, server) => {
  await upload(page, [photo('orientation/landscape_3.jpg', 'kept.jpg')]);
  await server.stop();
  await page.getByText('Reconnecting…').waitFor();
  await page.locator('#files').setInputFiles([photo('orientation/landscape_3.jpg', 'too early.jpg')]);
  await page.getByText('Is ./run.sh still running?').waitFor();
  await server.start();
  await page.getByText('Live', { exact: true }).waitFor();
  await page.locator('.card[data-status=stored]').waitFor();
  assert.equal(await page.locator('.card').count(), 1);
  await upload(page, [photo('orientation/landscape_4.jpg', 'new.jpg')]);
  await card(page, 'new.jpg').locator('.thumbnail .loaded').waitFor();
}, { allowed: /ERR_CONNECTION_REFUSED|ERR_INCOMPLETE_CHUNKED_ENCODING|ERR_CONNECTION_RESET|ERR_EMPTY_RESPONSE/ });
