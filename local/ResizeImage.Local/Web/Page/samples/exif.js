// APP1 with a TIFF header, big-endian, and one entry of IFD 0: 0x0112 Orientation, a SHORT (CIPA DC-008, 4.6).
const app1 = (orientation) => [
  0xFF, 0xE1, 0, 34, 0x45, 0x78, 0x69, 0x66, 0, 0,
  0x4D, 0x4D, 0, 42, 0, 0, 0, 8,
  0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0,
  0, 0, 0, 0,
];

/** A JPEG file that says how it is turned: the segment follows SOI. @param {Blob} jpeg */
export const withOrientation = (jpeg, orientation) => new Blob([jpeg.slice(0, 2), new Uint8Array(app1(orientation)), jpeg.slice(2)], { type: jpeg.type });
