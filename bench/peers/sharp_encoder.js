// Encodes images with sharp (https://sharp.pixelplumbing.com) for a driver. In: a line per image: PNG <tab> output path <tab> quality <tab> true for
// its settings of mozjpeg, else false.
'use strict';

const readline = require('node:readline');
const sharp = require('sharp');

async function main() {
  for await (const line of readline.createInterface({ input: process.stdin })) {
    const [image, output, quality, mozjpeg] = line.split('\t');
    await sharp(image).jpeg({ quality: Number(quality), mozjpeg: mozjpeg === 'true' }).toFile(output);
  }
}

main();
