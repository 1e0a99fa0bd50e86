// Photos come by pasting, and as folders, chosen or dropped.
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { card, run } from './browser.mjs';
import { photo } from './pictures.mjs';

const small = photo('orientation/portrait_1.jpg', 'small.jpg').buffer;

await run(async (page) => {
  // A screenshot has no name of its own.
  await page.getByRole('link', { name: 'Settings' }).click();
  await page.evaluate((bytes) => {
    const clipboardData = new DataTransfer();
    for (const name of ['image.png', 'named.jpg']) clipboardData.items.add(new File([Uint8Array.from(atob(bytes), (letter) => letter.charCodeAt(0))], name, { type: 'image/jpeg' }));
    document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
  }, small.toString('base64'));
  await card(page, 'named.jpg').locator('.thumbnail .loaded').waitFor();
  await page.getByRole('button', { name: /^pasted \d{4}-\d\d-\d\d \d\d\.\d\d\.\d\d\.png$/ }).waitFor();

  // Text that is pasted into a field stays there.
  assert.equal(await page.evaluate(() => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', 'some text');
    const paste = new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true });
    document.body.dispatchEvent(paste);
    return paste.defaultPrevented;
  }), false);

  const folder = mkdtempSync(join(tmpdir(), 'resizeimage-folder-'));
  try {
    mkdirSync(join(folder, 'below'));
    writeFileSync(join(folder, 'top.jpg'), small);
    writeFileSync(join(folder, 'below', 'deep.jpg'), small);
    const chooser = page.waitForEvent('filechooser');
    await page.getByRole('button', { name: 'Choose a folder' }).click();
    await (await chooser).setFiles(folder);
    for (const name of ['top.jpg', 'deep.jpg']) await card(page, name).locator('.thumbnail .loaded').waitFor();
  } finally {
    rmSync(folder, { recursive: true });
  }

  // A browser gives the entries of a dropped folder 100 at a time; hidden files are left out.
  const names = await page.evaluate(async () => {
    const { droppedFiles } = await import('/files.js');
    const file = (name) => ({ name, isFile: true, file: (done) => done(new File(['x'], name)) });
    const directory = (name, entries) => ({ name, isFile: false, createReader: () => ({ readEntries: (done) => done(entries.splice(0, 100)) }) });
    const many = Array.from({ length: 150 }, (_, i) => file(`${i}.jpg`));
    const items = [directory('folder', [...many, file('.DS_Store'), directory('below', [file('deep.jpg')])]), file('single.jpg')].map((entry) => ({ kind: 'file', webkitGetAsEntry: () => entry }));
    return (await droppedFiles({ items: [...items, { kind: 'string' }] })).map(({ name }) => name);
  });
  assert.equal(names.length, 152);
  assert.deepEqual(names.slice(-2), ['deep.jpg', 'single.jpg']);

  // The camera of a phone: a desktop does not show the button.
  assert.equal(await page.getByRole('button', { name: 'Take a photo' }).isVisible(), false);
  assert.deepEqual(await page.locator('#camera').evaluate((input) => [input.accept, input.getAttribute('capture')]), ['image/*', 'environment']);
});
