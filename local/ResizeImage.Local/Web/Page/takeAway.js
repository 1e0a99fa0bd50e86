import { announce, attempt } from './announcer.js';
import { h } from './dom.js';

/** Saves an object of S3 as a file. A link to another origin would open it instead. */
async function download({ url, key }) {
  const response = await fetch(url, { cache: 'no-store' });
  if (!response.ok) throw new Error(`S3 answered ${response.status} for ${key}.`);
  const address = URL.createObjectURL(await response.blob());
  h('a', { href: address, download: key.split('/').pop() }).click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

/** Copies text; for a moment the button says so. @param {() => Promise<string>|string} text */
function copyButton(what, text) {
  const label = `Copy ${what}`;
  const button = h('button', { type: 'button', onclick: () => attempt(async () => {
    await navigator.clipboard.writeText(await text());
    announce(`Copied the ${what}.`);
    button.textContent = 'Copied';
    setTimeout(() => { button.textContent = label; }, 1500);
  }) }, label);
  return button;
}

/**
 * What can be taken from a photo's dialog.
 * @param {() => object} photo as it is now
 * @param {() => Promise<object>} details of the invocation that is shown
 */
export const takeAwayButtons = (photo, details) => h('p', { class: 'actions' },
  h('button', { type: 'button', class: 'needs-thumbnail', onclick: () => attempt(() => Promise.all(photo().thumbnails.map(download))) }, 'Download thumbnail'),
  h('button', { type: 'button', onclick: () => attempt(() => download(photo())) }, 'Download photo'),
  copyButton('link', () => (photo().thumbnail ?? photo()).url),
  copyButton('key', () => (photo().thumbnail ?? photo()).key),
  copyButton('JSON', async () => JSON.stringify(await details(), null, 2)));
