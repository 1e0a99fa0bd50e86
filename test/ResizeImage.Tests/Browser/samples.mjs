// Photos to try without one at hand, and the diagram that lights up by what really happens.
import assert from 'node:assert/strict';
import { card, matches, run } from './browser.mjs';
import { distance, thumbnail } from './pictures.mjs';

const node = (page, step) => page.locator(`.flow [data-step=${step}]`);

/** The order in which steps become active from now on. */
const record = (page) => page.evaluate(() => {
  window.steps = [];
  const observer = new MutationObserver((changes) => {
    for (const { target } of changes) if (target.dataset.state === 'active' && window.steps.at(-1) !== target.dataset.step) window.steps.push(target.dataset.step);
  });
  for (const step of document.querySelectorAll('.flow [data-step]')) observer.observe(step, { attributeFilter: ['data-state'] });
});

await run(async (page) => {
  assert.deepEqual(await page.locator('.flow [data-state]').count(), 0);
  await record(page);
  await page.getByRole('button', { name: 'Landscape' }).click();
  await page.locator('.flow [data-state=done]').nth(4).waitFor();
  assert.deepEqual(await page.evaluate(() => window.steps), ['upload', 's3', 'event', 'function']);
  const { size, thumbnails } = await page.evaluate(async () => (await import('/store.js')).store.photos.get('input/lake.jpg'));
  assert.ok(size > 2_000_000 && size < 6_000_000, `the landscape has ${size} bytes`);
  await matches(node(page, 'upload'), new RegExp(`${(size / 1e6).toFixed(1)} MB`));
  await matches(node(page, 's3'), /input\/lake\.jpg/);
  await matches(node(page, 'event'), /ObjectCreated:Put, waited [\d.,]+ ms/);
  await matches(node(page, 'function'), /cold start: [\d,]+ ms \+ [\d.,]+ ms/);
  await matches(node(page, 'output'), new RegExp(`${(thumbnails[0].size / 1e3).toFixed(1).replace('.0', '')} kB`));
  await card(page, 'lake.jpg').getByText('(99% saved)').waitFor();

  // The portraits are stored sideways and come out upright.
  await page.getByRole('button', { name: 'Four portraits' }).click();
  await card(page, 'mei-tanaka.jpg').getByText('1200 × 1800').waitFor();
  await thumbnail(card(page, 'mei-tanaka.jpg'));
  assert.ok(await distance(card(page, 'mei-tanaka.jpg'), 200) < 9);

  await page.getByRole('button', { name: 'Transparent PNG' }).click();
  await card(page, 'balloon.png').locator('.thumbnail .loaded.transparent').waitFor();
  assert.equal((await thumbnail(card(page, 'balloon.png'))).type, 'image/png');

  await page.getByRole('button', { name: 'HEIC' }).click();
  await card(page, 'from-a-phone.heic').locator('.thumbnail .loaded').waitFor();
  await card(page, 'from-a-phone.heic').getByText('600 × 400').waitFor();

  await page.getByRole('button', { name: 'Cut-off photo' }).click();
  await card(page, 'cut-off.jpg').getByText('truncated').waitFor();
  await card(page, 'cut-off.jpg').locator('.thumbnail .loaded').waitFor();

  // A rejection ends at the function, with the reason.
  await page.getByRole('button', { name: 'Text named .jpg' }).click();
  await card(page, 'notes.jpg').getByText('Rejected').first().waitFor();
  await page.locator('.flow [data-step=function][data-state=failed]').waitFor();
  await page.locator('#flow-note', { hasText: 'input/notes.jpg: The file is not an image' }).waitFor();
  assert.equal(await node(page, 'output').getAttribute('data-state'), '');
});
