// The local cloud goes and comes again: the page says so, and then knows what is there.
import { card, counts, run, upload } from './browser.mjs';
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
  await counts(page.locator('.card'), 1);
  await upload(page, [photo('orientation/landscape_4.jpg', 'new.jpg')]);
  await card(page, 'new.jpg').locator('.thumbnail .loaded').waitFor();
}, { allowed: /ERR_CONNECTION_REFUSED|ERR_INCOMPLETE_CHUNKED_ENCODING|ERR_CONNECTION_RESET|ERR_EMPTY_RESPONSE/ });
