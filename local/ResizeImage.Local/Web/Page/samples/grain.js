const side = 512;
let tile = null;

/** A tile of noise, as the sensor of a camera adds it: without it a drawing has almost no bytes as JPEG. */
function noise() {
  const canvas = new OffscreenCanvas(side, side);
  const context = canvas.getContext('2d');
  const image = context.createImageData(side, side);
  // A linear congruential generator (Numerical Recipes): the same photo each time.
  let state = 1;
  for (let i = 0; i < image.data.length; i += 4) {
    state = ((Math.imul(state, 1664525) + 1013904223) >>> 0);
    image.data.fill(state >>> 24, i, i + 3);
    image.data[i + 3] = 255;
  }
  context.putImageData(image, 0, 0);
  return canvas;
}

/** Adds grain to all of a picture. @param {number} strength 0 to 1 */
export function addGrain(context, strength) {
  tile ??= noise();
  context.save();
  context.resetTransform();
  context.globalCompositeOperation = 'soft-light';
  context.globalAlpha = strength;
  context.fillStyle = context.createPattern(tile, 'repeat');
  context.fillRect(0, 0, context.canvas.width, context.canvas.height);
  context.restore();
}
