import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { Server } from './server.mjs';

const require = createRequire(`${process.env.NODE_MODULES}/`);
const { chromium } = require('playwright-core');

/** The file of an npm package. */
export const packageFile = (path) => require.resolve(path);

/**
 * Runs a scenario: a local cloud, a browser, and the page in it. It fails as well if the page writes an error to the console: whatever its
 * Content-Security-Policy blocks is one.
 * @param {(page: import('playwright-core').Page, server: Server) => Promise<void>} scenario
 * @param {{allowed?: RegExp, context?: object}} options errors that belong to the scenario; options of the browser's context
 */
export async function run(scenario, { allowed = /^$/, context = {} } = {}) {
  const server = new Server();
  let browser;
  try {
    await server.start();
    // Chromium refuses its sandbox to root, as whom tests run in containers.
    browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: process.getuid?.() === 0 ? ['--no-sandbox'] : [] });
    const page = await browser.newPage({ viewport: { width: 1280, height: 900 }, ...context });
    const errors = [];
    page.on('console', (message) => message.type() === 'error' && !allowed.test(message.text()) && errors.push(message.text()));
    page.on('pageerror', (error) => errors.push(error.message));
    await page.goto(server.url);
    await page.getByText('Live', { exact: true }).waitFor();
    await scenario(page, server);
    assert.deepEqual(errors, []);
  } finally {
    await browser?.close();
    await server.dispose();
  }
}

/** The card of a photo in the gallery. */
export const card = (page, name) => page.locator('.card').filter({ has: page.getByRole('button', { name, exact: true }) });

/** Uploads files by the page's own chooser, and waits until the function is done with each. */
export async function upload(page, files) {
  await page.locator('#files').setInputFiles(files);
  for (const { name } of files) {
    await page.locator(`.card:is([data-status=made], [data-status=rejected])`).filter({ has: page.getByRole('button', { name, exact: true }) }).waitFor();
  }
}

/** Drops files on the page. */
export const drop = (page, files) => page.evaluate((dropped) => {
  const dataTransfer = new DataTransfer();
  for (const { name, mimeType, bytes } of dropped) {
    dataTransfer.items.add(new File([Uint8Array.from(atob(bytes), (letter) => letter.charCodeAt(0))], name, { type: mimeType }));
  }
  for (const type of ['dragover', 'drop']) document.body.dispatchEvent(new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true }));
}, files.map(({ name, mimeType, buffer }) => ({ name, mimeType, bytes: buffer.toString('base64') })));

/** The dialog that is open. */
export const dialog = (page) => page.getByRole('dialog').last();
