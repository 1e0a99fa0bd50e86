const side = 48;
const steps = 40;

/** The pixels of a part of an image, small. */
function small(image, x, y, width, height) {
  const context = new OffscreenCanvas(side, side).getContext('2d', { willReadFrequently: true });
  context.imageSmoothingQuality = 'high';
  context.drawImage(image, x, y, width, height, 0, 0, side, side);
  return context.getImageData(0, 0, side, side).data;
}

const difference = (a, b) => a.reduce((sum, sample, i) => sum + Math.abs(sample - b[i]), 0);

/**
 * Where the crop of a thumbnail is in its photo, as object-position says it. It is searched, because a focus can come from the
 * photo's metadata: of all positions, the one whose pixels differ least.
 * @param {HTMLImageElement} photo
 * @param {HTMLImageElement} thumbnail
 */
export function findCrop(photo, thumbnail) {
  const { naturalWidth: width, naturalHeight: height } = photo;
  const aspect = thumbnail.naturalWidth / thumbnail.naturalHeight;
  const crop = { width: Math.min(width, height * aspect), height: Math.min(height, width / aspect) };
  if (width - crop.width < 1 && height - crop.height < 1) return '50% 50%';
  // At a small scale once: the photo may have 12 megapixels.
  const scale = Math.min(1, (4 * side) / Math.min(crop.width, crop.height));
  const reduced = new OffscreenCanvas(Math.max(1, width * scale), Math.max(1, height * scale));
  const context = reduced.getContext('2d');
  context.imageSmoothingQuality = 'high';
  context.drawImage(photo, 0, 0, reduced.width, reduced.height);
  const wanted = small(thumbnail, 0, 0, thumbnail.naturalWidth, thumbnail.naturalHeight);
  let best = { part: 0.5, difference: Infinity };
  for (let i = 0; i <= steps; i++) {
    const part = i / steps;
    const pixels = small(reduced, (width - crop.width) * part * scale, (height - crop.height) * part * scale, crop.width * scale, crop.height * scale);
    const now = difference(pixels, wanted);
    if (now < best.difference) best = { part, difference: now };
  }
  const position = `${best.part * 100}%`;
  return `${position} ${position}`;
}
