import assert from 'node:assert/strict';
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
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

/** Waits until the text of an element matches: the page draws in a later frame than the one in which something has happened. */
export async function matches(locator, pattern) {
  const text = await eventually(() => locator.innerText(), (found) => pattern.test(found));
  assert.match(text, pattern);
  return text;
}

/** Waits until there are so many elements. */
export async function counts(locator, expected) {
  assert.equal(await eventually(() => locator.count(), (found) => found === expected), expected);
}

/** What was asked for, once it is as wanted, or at last after half a minute. */
async function eventually(ask, isWanted) {
  for (const end = Date.now() + 30_000; ;) {
    const found = await ask();
    if (isWanted(found) || Date.now() > end) return found;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** The dialog that is open. */
export const dialog = (page) => page.getByRole('dialog').last();

/**
 * No violation of accessibility rules, nothing wider than the window. Waits for all pictures first.
 * @param {string} name of the picture that the folder of SCREENSHOTS gets
 */
export async function checkAccessibility(page, name) {
  await page.waitForFunction(() => [...document.querySelectorAll('.picture:not(.none)')].every((picture) => {
    const { top, bottom, height } = picture.getBoundingClientRect();
    return picture.classList.contains('loaded') || height === 0 || bottom < 0 || top > window.innerHeight;
  }));
  await page.waitForFunction(() => document.getAnimations().every((animation) => animation.playState !== 'running'));
  mkdirSync(process.env.SCREENSHOTS, { recursive: true });
  await page.screenshot({ path: join(process.env.SCREENSHOTS, `${name}.png`) });
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(readFileSync(packageFile('axe-core/axe.min.js'), 'utf8'));
  const { violations } = await page.evaluate(() => axe.run());
  assert.deepEqual(violations.map(({ id, nodes }) => `${name}: ${id}: ${nodes.map((node) => `${node.html} ${node.failureSummary}`).join('; ')}`), []);
  const wider = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  assert.equal(wider, 0, `${name} is ${wider} pixels wider than the window`);
}
