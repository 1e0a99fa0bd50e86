// Thumbnails over HTTP: the details show a photo in an image tag, whose largest size is made when the browser asks for it; and the examples of
// docs/front-ends.md, in the browser.
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { card, checkAccessibility, counts, dialog, packageFile, run, upload } from './browser.mjs';
import { photo } from './pictures.mjs';

const documentation = readFileSync(process.env.FRONT_ENDS, 'utf8');

/** The code blocks of a section of the documentation, with this machine's address in them. */
function examples(section, address) {
  const [text] = documentation.split(`\n## ${section}\n`)[1].split('\n## ');
  return [...text.matchAll(/```\w+\n(.*?)```/gs)].map(([, code]) => code.replaceAll('https://thumbnails.example.com/', address));
}

await run(async (page) => {
  await page.getByRole('link', { name: 'Settings' }).click();
  await page.getByLabel('Size', { exact: true }).fill('200x,400x,800x,800x.webp,1600x?');
  await page.getByRole('button', { name: 'Apply' }).click();
  await page.getByRole('button', { name: 'Apply', exact: true }).waitFor();
  await page.getByRole('link', { name: 'Photos' }).click();
  await upload(page, [photo('photos/moto-g-8mp.jpg', 'lake.jpg')]);
  await card(page, 'lake.jpg').getByRole('button').click();
  await dialog(page).getByText('The browser took 400x, in').waitFor();
  await counts(dialog(page).locator('.outputs li'), 4);
  await checkAccessibility(page, 'on-a-page');

  // The browser now needs a size that is not stored. The function makes and stores it.
  await dialog(page).getByLabel('Width on the page').fill('1500');
  await dialog(page).getByText('The browser took 1600x, which is made on request, in').waitFor();
  await dialog(page).locator('.outputs li').nth(4).waitFor();
  assert.equal(await dialog(page).getByRole('img', { name: 'The photo lake.jpg on a page' }).evaluate((image) => Math.round(image.naturalWidth / 10)), 150);
  await page.setViewportSize({ width: 360, height: 780 });
  await checkAccessibility(page, 'on-a-page-phone');

  const { front, s3 } = await page.evaluate(async () => {
    const { store } = await import('/store.js');
    return { front: store.cloud.front.url, s3: store.cloud.s3 };
  });
  const body = photo('photos/moto-g-8mp.jpg', 'a.jpg').buffer;
  assert.equal((await fetch(`${s3}/photos/input/2026/a.jpg`, { method: 'PUT', body })).status, 200);
  while ((await fetch(`${front}800x/2026/a.jpg`)).status !== 200) await new Promise((resolve) => setTimeout(resolve, 200));

  const site = await (await page.context().browser().newContext()).newPage();
  const show = async (html) => {
    await site.setContent(html);
    const image = site.locator('img');
    await site.waitForFunction(() => document.images[0].complete);
    return image.evaluate(({ currentSrc, naturalWidth }) => ({ path: new URL(currentSrc).pathname, width: naturalWidth }));
  };

  // Plain HTML: the size that fits, WebP where there is one, and the size on request.
  await site.setViewportSize({ width: 390, height: 800 });
  const [srcset, picture] = examples('HTML', front);
  assert.deepEqual(await show(srcset), { path: '/400x/2026/a.jpg', width: 390 });
  await site.setViewportSize({ width: 1280, height: 800 });
  assert.equal((await show(srcset.replaceAll('800px', '1600px'))).path, '/1600x/2026/a.jpg');
  assert.equal((await show(picture)).path, '/800x.webp/2026/a.jpg');
  assert.equal((await fetch(`${front}800x/2026/a.jpg`, { headers: { Accept: 'image/avif,image/webp,*/*' } })).headers.get('content-type'), 'image/webp');
  assert.equal((await fetch(`${front}800x/2026/a.jpg`, { headers: { Accept: '*/*' } })).headers.get('content-type'), 'image/jpeg');

  // Next.js makes the image tag with the loader and the configuration.
  const [config, loader] = examples('Next.js', front);
  const folder = mkdtempSync(join(tmpdir(), 'next-'));
  writeFileSync(join(folder, 'next.config.cjs'), config);
  writeFileSync(join(folder, 'thumbnails.mjs'), loader);
  const require = createRequire(packageFile('next/package.json'));
  const { imageConfigDefault } = require('next/dist/shared/lib/image-config');
  process.env = { ...process.env, __NEXT_IMAGE_OPTS: { ...imageConfigDefault, ...require(join(folder, 'next.config.cjs')).images } };
  const { getImageProps } = require('next/image');
  const { default: thumbnails } = await import(pathToFileURL(join(folder, 'thumbnails.mjs')));
  const { props } = getImageProps({ src: '2026/a.jpg', width: 800, height: 600, alt: 'A lake', loader: thumbnails });
  const widths = [...props.srcSet.matchAll(/\/(\d+)x\//g)].map(([, width]) => Number(width));
  assert.deepEqual(widths, [800, 1600]);
  // Of two that fit, browsers take the larger one if they have it already.
  assert.match((await show(`<img srcset="${props.srcSet}" src="${props.src}" alt="A lake">`)).path, /^\/(800|1600)x\/2026\/a\.jpg$/);
  await site.close();
});
