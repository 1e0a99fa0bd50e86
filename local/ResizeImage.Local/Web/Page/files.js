/** The files of a folder and of those in it, without hidden ones. */
async function filesIn(entry) {
  if (entry.name.startsWith('.')) return [];
  if (entry.isFile) return [await new Promise((resolve, reject) => entry.file(resolve, reject))];
  const reader = entry.createReader();
  const entries = [];
  // It gives up to 100 entries each time, and none at the end.
  for (let some = []; (some = await new Promise((resolve, reject) => reader.readEntries(resolve, reject))).length > 0;) entries.push(...some);
  return (await Promise.all(entries.map(filesIn))).flat();
}

/** The files among what was dropped, also those in folders. */
export async function droppedFiles({ items }) {
  // Read before the first await: after the event, the items are gone.
  const found = [...items].filter((item) => item.kind === 'file').map((item) => item.webkitGetAsEntry?.() ?? item.getAsFile());
  return (await Promise.all(found.map((one) => (one instanceof File ? [one] : filesIn(one))))).flat();
}

/** The images in the clipboard. Screenshots are all named image.png: those get the time as their name. */
export function pastedFiles({ files }) {
  const time = new Date().toISOString().slice(0, 19).replace('T', ' ').replaceAll(':', '.');
  return [...files].map((file) => (file.name === 'image.png' ? new File([file], `pasted ${time}.png`, { type: file.type }) : file));
}
