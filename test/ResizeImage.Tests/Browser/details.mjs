// One photo from near: the timeline and its costs, the closeup, and what can be taken away.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { card, checkAccessibility, dialog, matches, run, upload } from './browser.mjs';
import { photo } from './pictures.mjs';

const pricePerGbSecond = 0.0000166667;
const dollars = (milliseconds, gigabytes) => `$${(1e6 * ((milliseconds / 1000 * gigabytes * pricePerGbSecond) + 0.2e-6)).toFixed(2)}`;

await run(async (page) => {
  const file = photo('photos/moto-g-8mp.jpg', 'flower.jpg');
  // One after the other: the first is the cold start.
  await upload(page, [file]);
  await upload(page, [photo('orientation/portrait_6.jpg', 'portrait.jpg')]);
  const invocation = (key) => page.evaluate(async (wanted) => (await import('/store.js')).store.invocationsOf(wanted)[0], key);

  // The billed part and its cost, for the figures that Lambda's log would have.
  await card(page, 'flower.jpg').getByRole('button').click();
  const timeline = dialog(page).getByRole('region', { name: 'Timeline of the invocation' });
  await timeline.waitFor();
  const cold = await invocation('input/flower.jpg');
  assert.equal(cold.coldStart, true);
  assert.equal(cold.billedDuration, Math.ceil(cold.duration + cold.initDuration));
  await matches(timeline, new RegExp(`Billed ${cold.billedDuration.toLocaleString('en')} ms · a million of these: ${dollars(cold.billedDuration, 0.5).replace('$', '\\$')} at 512 MB`));
  await matches(timeline, /the process starts [\d.,]+ ms/);

  // The estimate is of the memory that is chosen.
  const estimate = async () => Number(/Lambda with .* estimate\s+about ([\d,]+) ms/.exec(await timeline.innerText())[1].replace(',', ''));
  const estimates = [];
  for (const memory of ['128', '256', '512', '1024', '1769']) {
    await timeline.getByLabel('Memory on Lambda').selectOption(memory);
    estimates.push(await estimate());
  }
  const ratio = file.buffer.length / 3.2e6;
  const expected = [[452, 223], [223, 113], [147, 140], [117, 93], [114, 90]].map(([warm, added]) => Math.round(62 + ((warm - 62) * ratio) + added));
  assert.deepEqual(estimates, expected);

  // The figures at the photo.
  const facts = await dialog(page).innerText();
  assert.match(facts, /Bytes\s+[\d.]+ MB → [\d.]+ kB, 9\d% saved/);

  // The closeup enlarges photo and thumbnail around the line.
  const closeup = dialog(page).getByRole('region', { name: 'Photo and thumbnail compared' });
  await closeup.waitFor();
  await closeup.getByRole('button', { name: '4×' }).click();
  await page.waitForFunction(() => [...document.querySelectorAll('.closeup img')].every((image) => getComputedStyle(image).transform === 'matrix(4, 0, 0, 4, 0, 0)'));
  await closeup.getByRole('slider').focus();
  await page.keyboard.press('Home');
  assert.equal(await closeup.getByRole('slider').getAttribute('aria-valuetext'), '0% photo, 100% thumbnail');
  await checkAccessibility(page, 'closeup');

  // Downloads are the bytes of S3.
  const download = page.waitForEvent('download');
  await dialog(page).getByRole('button', { name: 'Download photo' }).click();
  assert.equal((await download).suggestedFilename(), 'flower.jpg');
  assert.deepEqual(readFileSync(await (await download).path()), file.buffer);

  const copied = async (what) => {
    await dialog(page).getByRole('button', { name: `Copy ${what}` }).click();
    await dialog(page).locator('.live', { hasText: `Copied the ${what}.` }).waitFor({ state: 'attached' });
    return page.evaluate(() => navigator.clipboard.readText());
  };
  assert.equal(await copied('key'), 'output/flower.jpg');
  const link = await fetch(await copied('link'));
  assert.deepEqual([link.status, link.headers.get('content-type')], [200, 'image/jpeg']);
  assert.equal(JSON.parse(await copied('JSON')).invocation.id, cold.id);
  await page.keyboard.press('Escape');

  // The photo lies under the thumbnail where that was cut from it: a portrait, around three tenths of its height.
  await card(page, 'portrait.jpg').getByRole('button').click();
  await closeup.waitFor();
  const original = closeup.locator('img.before');
  const { width, height, position } = await original.evaluate((image) => ({ width: image.naturalWidth, height: image.naturalHeight, position: image.style.objectPosition }));
  const right = 100 * ((0.3 * height) - (width / 2)) / (height - width);
  assert.ok(Math.abs(Number.parseFloat(position.split(' ')[1]) - Math.max(0, right)) < 8, `the crop is at ${position}, expected ${right}%`);
  const warm = await invocation('input/portrait.jpg');
  assert.doesNotMatch(await timeline.innerText(), /the process starts/);
  await page.keyboard.press('Escape');

  // Sums over both.
  await page.getByRole('link', { name: 'Invocations' }).click();
  const sums = await matches(page.locator('#sums'), /Invocations\s+2\s+0 retries, 0 failed/);
  const [short, long] = [cold.duration, warm.duration].sort((a, b) => a - b);
  const shown = (milliseconds) => `${Number(milliseconds.toFixed(1)).toLocaleString('en', { maximumFractionDigits: 1 })} ms`;
  assert.match(sums, /Cold starts\s+50%\s+1 of 2/);
  assert.match(sums, new RegExp(`p50\\s+${shown(short)}`));
  assert.match(sums, new RegExp(`p99\\s+${shown(long)}`));
  assert.ok(sums.includes(dollars((cold.billedDuration + warm.billedDuration) / 2, 0.5)), sums);
}, { context: { permissions: ['clipboard-read', 'clipboard-write'] } });
