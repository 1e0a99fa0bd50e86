// Finds faces in photos and the crops that sharp makes of them: one line of JSON for each photo.
// usage: NODE_PATH=.../node_modules node faces.js WIDTHxHEIGHT,... PHOTO...
'use strict';
const path = require('path');
const sharp = require('sharp');
const tf = require('@tensorflow/tfjs');
const wasm = require('@tensorflow/tfjs-backend-wasm');
const faceApi = require('@vladmandic/face-api/dist/face-api.node-wasm.js');

const LONGEST = 1000; // pixels; the detector reduces to 512 itself
const MIN_SCORE = 0.5;

function packageFolder(name) {
  return path.dirname(require.resolve(`${name}/package.json`));
}

async function facesOf(upright) {
  const { data, info } = await sharp(upright).resize(LONGEST, LONGEST, { fit: 'inside', withoutEnlargement: true })
    .flatten({ background: '#fff' }).toColourspace('srgb').removeAlpha().raw().toBuffer({ resolveWithObject: true });
  const tensor = tf.tensor3d(new Uint8Array(data), [info.height, info.width, info.channels], 'int32');
  const found = await faceApi.detectAllFaces(tensor, new faceApi.SsdMobilenetv1Options({ minConfidence: MIN_SCORE }));
  tensor.dispose();
  return found.map(({ box }) => [box.x / info.width, box.y / info.height, box.width / info.width, box.height / info.height]);
}

// The crop of a strategy in fractions of the upright photo.
async function cropOf(upright, width, height, size, position) {
  const { info } = await sharp(upright).resize(...size, { fit: 'cover', position }).raw().toBuffer({ resolveWithObject: true });
  const scale = Math.max(size[0] / width, size[1] / height);
  return [Math.abs(info.cropOffsetLeft || 0) / scale / width, Math.abs(info.cropOffsetTop || 0) / scale / height];
}

async function main() {
  wasm.setWasmPaths(packageFolder('@tensorflow/tfjs-backend-wasm') + '/dist/');
  await tf.setBackend('wasm');
  await tf.ready();
  await faceApi.nets.ssdMobilenetv1.loadFromDisk(path.join(packageFolder('@vladmandic/face-api'), 'model'));
  const sizes = process.argv[2].split(',').map((size) => size.split('x').map(Number));
  for (const file of process.argv.slice(3)) {
    try {
      const { data, info } = await sharp(file).rotate().toColourspace('srgb').png({ compressionLevel: 1 }).toBuffer({ resolveWithObject: true });
      const faces = await facesOf(data);
      const crops = {};
      for (const size of faces.length > 0 ? sizes : []) {
        crops[size.join('x')] = {
          attention: await cropOf(data, info.width, info.height, size, sharp.strategy.attention),
          entropy: await cropOf(data, info.width, info.height, size, sharp.strategy.entropy),
        };
      }
      console.log(JSON.stringify({ file, width: info.width, height: info.height, faces, crops }));
    } catch (error) {
      console.error(`${file}: ${error.message}`);
    }
  }
}

main();
