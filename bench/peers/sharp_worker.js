// Makes thumbnails with sharp (https://sharp.pixelplumbing.com) for a driver that sends a line per photo, so the start of Node.js is not measured.
// Argument: which thumbnails, a name of MAKERS; without it, the first. First line out: name and version. Then in: PHOTO, or PHOTO <tab> output
// path of the thumbnail. Out: milliseconds from bytes in memory to bytes in memory.
'use strict';

const fs = require('node:fs');
const readline = require('node:readline');
const sharp = require('sharp');

sharp.concurrency(1);
sharp.cache(false);

const first = (photo) => photo.resize(200, 200, { fit: 'cover' }).jpeg({ quality: 80 }).toBuffer();
const MAKERS = {
  first: (data) => first(sharp(data).rotate()),

  // 200x200, 800x and 800x.webp: clones of one pipeline, or from the pixels of the largest.
  clones: async (data) => {
    const photo = sharp(data).rotate();
    const thumbnail = await first(photo.clone());
    await photo.clone().resize(800).jpeg({ quality: 80 }).toBuffer();
    await photo.clone().resize(800).webp().toBuffer();
    return thumbnail;
  },
  chain: async (data) => {
    const { data: pixels, info: { width, height, channels } } = await sharp(data).rotate().resize(800).raw().toBuffer({ resolveWithObject: true });
    const large = () => sharp(pixels, { raw: { width, height, channels } });
    await large().jpeg({ quality: 80 }).toBuffer();
    await large().webp().toBuffer();
    return first(large());
  },
};

async function main() {
  const make = MAKERS[process.argv[2] ?? 'first'];
  console.log(`sharp ${sharp.versions.sharp}, libvips ${sharp.versions.vips}, Node.js ${process.versions.node}`);
  for await (const line of readline.createInterface({ input: process.stdin })) {
    const [photo, output] = line.split('\t');
    const data = fs.readFileSync(photo);
    const start = process.hrtime.bigint();
    const thumbnail = await make(data);
    const milliseconds = Number(process.hrtime.bigint() - start) / 1e6;
    if (output) {
      fs.writeFileSync(output, thumbnail);
    }

    console.log(milliseconds.toFixed(3));
  }
}

main();
