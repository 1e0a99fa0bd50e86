// Makes thumbnails with sharp (https://sharp.pixelplumbing.com) for a driver that sends a line per photo, so the start of Node.js is not measured.
// First line out: name and version. Then in: PHOTO, or PHOTO <tab> output path of the thumbnail. Out: milliseconds from bytes in memory to
// bytes in memory.
'use strict';

const fs = require('node:fs');
const readline = require('node:readline');
const sharp = require('sharp');

sharp.concurrency(1);
sharp.cache(false);

async function main() {
  console.log(`sharp ${sharp.versions.sharp}, libvips ${sharp.versions.vips}, Node.js ${process.versions.node}`);
  for await (const line of readline.createInterface({ input: process.stdin })) {
    const [photo, output] = line.split('\t');
    const data = fs.readFileSync(photo);
    const start = process.hrtime.bigint();
    const thumbnail = await sharp(data).rotate().resize(200, 200, { fit: 'cover' }).jpeg({ quality: 80 }).toBuffer();
    const milliseconds = Number(process.hrtime.bigint() - start) / 1e6;
    if (output) {
      fs.writeFileSync(output, thumbnail);
    }

    console.log(milliseconds.toFixed(3));
  }
}

main();
