import { withOrientation } from './exif.js';
import { addGrain } from './grain.js';
import { balloon, lake, number, portrait } from './scenes.js';

/**
 * A drawing as a file.
 * @param {number} width in pixels; the scene is drawn on as many units as it has
 * @param {(context: OffscreenCanvasRenderingContext2D) => void} draw
 * @param {{units: number, height: number, type?: string, grain?: number, turned?: boolean}} options units is the scene's width
 */
async function draw(width, draw, { units, height, type = 'image/jpeg', grain = 0, turned = false }) {
  const canvas = turned ? new OffscreenCanvas(height, width) : new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d');
  if (turned) {
    context.translate(0, width);
    context.rotate(-Math.PI / 2);
  }
  context.scale(width / units, width / units);
  draw(context);
  if (grain > 0) addGrain(context, grain);
  const file = await canvas.convertToBlob({ type, quality: 0.9 });
  // Stored sideways, as phones do; orientation 6 is "turn right to show".
  return turned ? withOrientation(file, 6) : file;
}

const landscape = () => draw(4032, lake, { units: 600, height: 2688, grain: 0.45 });
const person = (look) => () => draw(1200, (context) => portrait(context, look), { units: 400, height: 1800, grain: 0.3, turned: true });

/** Numbered photos, to tell them apart in a bucket. */
export const numbered = (text, color) => draw(900, (context) => number(context, text, color), { units: 600, height: 600 });

/** @typedef {{name: string, make: () => Promise<Blob>}} SampleFile */

/** What can be tried without a photo at hand. @type {{title: string, shows: string, files: SampleFile[]}[]} */
export const samples = [
  { title: 'Landscape', shows: '11 megapixels', files: [{ name: 'lake.jpg', make: landscape }] },
  {
    title: 'Four portraits', shows: 'stored sideways, as phones do', files: [
      { name: 'amara-okafor.jpg', make: person({ wall: ['#d9a05b', '#8c4f2b'], skin: '#8d5a3b', hair: '#1d1613', coat: '#f2e6d2', long: true }) },
      { name: 'jonas-berg.jpg', make: person({ wall: ['#7fb2c4', '#2f5f7a'], skin: '#efc4a4', hair: '#b98b4e', coat: '#24364a', long: false }) },
      { name: 'mei-tanaka.jpg', make: person({ wall: ['#c9d8b0', '#5f8058'], skin: '#f0cfae', hair: '#231d1c', coat: '#a8323e', long: true }) },
      { name: 'rafael-costa.jpg', make: person({ wall: ['#d6b3c9', '#70466b'], skin: '#c68f66', hair: '#3a2a22', coat: '#3f6b5c', long: false }) },
    ],
  },
  { title: 'Transparent PNG', shows: 'stays transparent', files: [{ name: 'balloon.png', make: () => draw(900, balloon, { units: 600, height: 600, type: 'image/png' }) }] },
  { title: 'HEIC', shows: 'browsers do not show it', files: [{ name: 'from-a-phone.heic', make: async () => (await fetch('samples/sample.heic')).blob() }] },
  {
    title: 'Cut-off photo', shows: 'shown as far as it goes', files: [{
      name: 'cut-off.jpg', make: async () => {
        const file = await landscape();
        return file.slice(0, file.size * 0.6, file.type);
      },
    }],
  },
  { title: 'Text named .jpg', shows: 'rejected with the reason', files: [{ name: 'notes.jpg', make: async () => new Blob(['These are notes, not an image.\n'], { type: 'image/jpeg' }) }] },
];
