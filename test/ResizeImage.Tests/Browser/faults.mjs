// S3 and Lambda misbehave on request: retries and the order guarantee are seen at work.
import assert from 'node:assert/strict';
import { checkAccessibility, matches, run } from './browser.mjs';

await run(async (page) => {
  await page.getByRole('link', { name: 'Invocations' }).click();
  const outcome = page.locator('.fault-outcome');
  const provoke = async (name, conclusion) => {
    await page.getByRole('button', { name }).click();
    await outcome.getByText(conclusion).waitFor();
    return outcome.locator('.attempts li').allInnerTexts();
  };

  const refused = await provoke('S3 answers 503', 'The thumbnail was made by a retry');
  assert.equal(refused.length, 2);
  assert.match(refused[0], /attempt 1: failed after [\d,]+ ms\. .*503 SlowDown/);
  assert.match(refused[1], /attempt 2: made in/);

  const killed = await provoke('Time-out', 'The killed attempt left nothing behind');
  assert.equal(killed.length, 2);
  assert.match(killed[0], /attempt 1: failed after 1,\d+ ms\. .*Task timed out after 1\.00 seconds/);
  assert.match(killed[1], /attempt 2: made in .*, cold start/);

  const twice = await provoke('Duplicate event', 'Both invocations wrote the same thumbnail');
  assert.match(twice.join('\n'), /^Event, copy 1, attempt 1: made in .*\nEvent, copy 2, attempt 1: made in /);

  const reordered = await provoke('Out of order', 'The thumbnail shows photo 2');
  assert.match(reordered.join('\n'), /^Event of photo 2, attempt 1: made in .*\nEvent of photo 1, attempt 1: made in /);

  // And it does: the second photo is red, the first is blue.
  const image = outcome.getByRole('img');
  await page.waitForFunction(() => document.querySelector('.fault-outcome img').complete);
  const [red, , blue] = await image.evaluate(async (element) => {
    const bitmap = await createImageBitmap(await (await fetch(element.src)).blob());
    const context = new OffscreenCanvas(1, 1).getContext('2d');
    context.drawImage(bitmap, 2, 2, 1, 1, 0, 0, 1, 1);
    return [...context.getImageData(0, 0, 1, 1).data];
  });
  assert.ok(red > blue + 40, `the thumbnail is of the first photo: ${red}, ${blue}`);
  await checkAccessibility(page, 'faults');

  // The process of the first attempt was new, and so was the one after the kill.
  await matches(page.locator('#sums'), /Invocations\s+6\s+2 retries, 0 failed\s+Cold starts\s+33%\s+2 of 6/);

  // The retry is seen in the timeline of its invocation, too.
  await page.getByRole('button', { name: 'input/fault-unavailable.jpg' }).click();
  await page.getByRole('dialog').getByText('Attempt 1 failed after').waitFor();
});
