// A sample event of every trigger: each is about a photo of the bucket, and the function accepts it.
import assert from 'node:assert/strict';
import { dialog, run, upload } from './browser.mjs';
import { photo } from './pictures.mjs';

const expected = {
  'S3: photo put': ['An S3 event with 1 record', true],
  // The photo is still there: its thumbnail stays.
  'S3: photo deleted': ['An S3 event with 1 record', false],
  'SQS with an S3 event': ['An SQS event with 1 message', true],
  'SNS with an S3 event': ['An SNS event with 1 record', true],
  'SNS through SQS': ['An SQS event with 1 message', true],
  'EventBridge: Object Created': ['An EventBridge event: Object Created', true],
  // A repeated job skips thumbnails that are up to date.
  'S3 Batch Operations': ['A task of S3 Batch Operations, schema 2.0', false],
  'Schedule: all missing and outdated thumbnails': ['A schedule', false],
  "S3's test event": ["S3's test event", false],
};

await run(async (page) => {
  await upload(page, [photo('orientation/portrait_1.jpg', 'ä photo+1.jpg')]);
  await page.getByRole('link', { name: 'Invocations' }).click();
  await page.getByRole('button', { name: 'Send an event' }).click();
  const samples = dialog(page).getByLabel('Sample event');
  const names = await samples.locator('option').allInnerTexts();
  assert.deepEqual(names, Object.keys(expected));
  for (const name of names) {
    const [kind, makes] = expected[name];
    await samples.selectOption(name);
    await dialog(page).locator('.verdict', { hasText: kind }).waitFor();
    await dialog(page).getByRole('button', { name: 'Send' }).click();
    await dialog(page).getByText('The function works…').waitFor({ state: 'detached' });
    await dialog(page).getByText('What came of it').waitFor();
    const report = await dialog(page).locator('.report').innerText();
    assert.match(report, /Outcome\s+Succeeded/, `${name}: ${report}`);
    assert.equal(/made s3:\/\/photos\/output\/ä photo\+1\.jpg/.test(report), makes, `${name}: ${report}`);
  }

  // Each is shown at its photo, with the services that it came through.
  const shown = await page.evaluate(async () => (await import('/store.js')).store.invocationsOf('input/ä photo+1.jpg').map(({ eventName }) => eventName).reverse());
  assert.deepEqual(shown, ['ObjectCreated:Put', 'ObjectCreated:Put', 'ObjectRemoved:Delete', 'SQS · ObjectCreated:Put', 'SNS · ObjectCreated:Put', 'SQS · SNS · ObjectCreated:Put', 'Object Created', 'S3 Batch Operations']);

  // What no trigger sends is said before it is sent.
  await dialog(page).getByLabel('Event (JSON)').fill('{"photo":"x.jpg"}');
  await dialog(page).getByText('no event that the function knows').waitFor();
});
