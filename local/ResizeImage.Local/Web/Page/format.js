const numbers = new Intl.NumberFormat('en', { maximumFractionDigits: 1 });
const times = new Intl.DateTimeFormat(undefined, { timeStyle: 'medium' });

/** 4.2 MB, as file managers count: by 1000. */
export function bytes(count) {
  if (count === null || count === undefined) return '–';
  const units = ['B', 'kB', 'MB', 'GB'];
  let unit = 0;
  let value = count;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit++;
  }
  return `${numbers.format(value)} ${units[unit]}`;
}

/** JPEG, of a file whose media type is image/jpeg. */
export const fileType = ({ type }) => type.replace('image/', '').toUpperCase();

/** 97%, of the photo's bytes that the thumbnails do not have; null if they do not have fewer. */
export function savedBytes({ size, thumbnails }) {
  const share = 1 - (thumbnails.reduce((sum, thumbnail) => sum + thumbnail.size, 0) / size);
  // Rounded down, because 100% would say that the thumbnails are empty.
  return share >= 0.01 ? `${Math.floor(share * 100)}%` : null;
}

/** Whether the function makes several thumbnails of the photo; only then they have names. */
export const hasSeveral = ({ thumbnails }) => thumbnails.some(({ name }) => name !== null);

/** 33.1 ms. */
export const milliseconds = (value) => (value === null || value === undefined ? '–' : `${numbers.format(value)} ms`);

/** 4272 × 2848. */
export const dimensions = (width, height) => (width && height ? `${width} × ${height}` : '–');

/** The time of day. */
export const time = (iso) => (iso ? times.format(new Date(iso)) : '–');

/** The person that a file is named after: "anna-maria_lopez 2.jpg" is Anna Maria Lopez 2. */
export function personName(path) {
  const words = path.split('/').pop().replace(/\.[^.]*$/, '').split(/[\s_.-]+/).filter(Boolean);
  return words.map((word) => word[0].toLocaleUpperCase() + word.slice(1)).join(' ') || path;
}

/** JSON with line breaks; other text as it is. */
export function pretty(text) {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

const statusWords = {
  stored: 'In the bucket', queued: 'Waiting for the function', running: 'Being made', retrying: 'Failed, will be tried again',
  made: 'Made', skipped: 'Skipped', rejected: 'Rejected', failed: 'Failed', deleted: 'Deleted', succeeded: 'Succeeded',
};

/** What a status is called. */
export const statusText = (status) => statusWords[status] ?? status;
