// A page of another site cannot take the function's events: neither by an image, nor by a script, nor by fetch.
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { once } from 'node:events';
import { card, counts, run, upload } from './browser.mjs';
import { photo } from './pictures.mjs';

await run(async (page, server) => {
  const stranger = createServer((request, response) => {
    response.setHeader('Content-Type', 'text/html');
    response.end(`<script>
      const next = '${server.lambda}/2018-06-01/runtime/invocation/next';
      window.tries = 0;
      setInterval(() => {
        new Image().src = next + '?' + window.tries;
        document.head.append(Object.assign(document.createElement('script'), { src: next + '?s' + window.tries }));
        fetch(next, { mode: 'no-cors' }).catch(() => {});
        window.tries++;
      }, 20);
    </script>`);
  });
  stranger.listen(0, '127.0.0.1');
  await once(stranger, 'listening');
  try {
    const other = await page.context().browser().newPage();
    await other.goto(`http://localhost:${stranger.address().port}/`);
    await other.waitForFunction(() => window.tries > 10);
    for (let i = 0; i < 8; i++) {
      await upload(page, [photo('orientation/portrait_1.jpg', `photo ${i}.jpg`)]);
      assert.equal(await card(page, `photo ${i}.jpg`).getAttribute('data-status'), 'made');
    }
    await page.getByRole('link', { name: 'Invocations' }).click();
    await page.locator('#invocation-rows tr').nth(7).waitFor();
    assert.equal(await page.getByText('attempts').count(), 0);
    await counts(page.locator('td .cold'), 1);
    assert.ok(await other.evaluate(() => window.tries) > 50);
  } finally {
    stranger.closeAllConnections();
    stranger.close();
  }
}, { allowed: /403/ });
