/** Drawings on a canvas of 600 × 400 units. */

/** A sky or a wall: a gradient from top to bottom. */
function backdrop(context, ...colors) {
  const gradient = context.createLinearGradient(0, 0, 0, 400);
  colors.forEach((color, i) => gradient.addColorStop(i / (colors.length - 1), color));
  context.fillStyle = gradient;
  context.fillRect(0, 0, 600, 400);
}

function disc(context, x, y, radius, color) {
  context.fillStyle = color;
  context.beginPath();
  context.arc(x, y, radius, 0, 2 * Math.PI);
  context.fill();
}

/** A range of hills: a sum of three sines above its foot. */
function hills(context, color, foot, height, phase) {
  context.fillStyle = color;
  context.beginPath();
  context.moveTo(0, 400);
  for (let x = 0; x <= 600; x += 4) {
    const y = Math.sin((x / 97) + phase) + (0.5 * Math.sin((x / 41) + (2 * phase))) + (0.2 * Math.sin(x / 13));
    context.lineTo(x, foot - (height * (0.6 + (0.4 * y))));
  }
  context.lineTo(600, 400);
  context.fill();
}

function tree(context, x, foot, height) {
  context.fillStyle = '#16302a';
  for (const [top, half] of [[1, 0.16], [0.78, 0.23], [0.55, 0.3]]) {
    context.beginPath();
    context.moveTo(x, foot - (height * top));
    context.lineTo(x + (height * half), foot - (height * (top - 0.42)));
    context.lineTo(x - (height * half), foot - (height * (top - 0.42)));
    context.fill();
  }
}

/** A lake between hills at sunset. */
export function lake(context) {
  backdrop(context, '#3d6fb0', '#9fb0cf', '#f4c796', '#f7b27e');
  disc(context, 405, 165, 46, '#fff2d2');
  hills(context, '#8088b4', 270, 95, 0.4);
  hills(context, '#5c6d93', 290, 80, 2.1);
  hills(context, '#41616a', 310, 60, 4);
  context.fillStyle = '#2f5d80';
  context.fillRect(0, 318, 600, 82);
  context.fillStyle = '#f5d9ae';
  for (let i = 0; i < 16; i++) context.fillRect(405 - (26 * Math.abs(Math.sin(i * 1.7))) - 12, 324 + (i * 3.4), 30 + (40 * Math.abs(Math.sin(i * 2.3))), 1.4);
  hills(context, '#1f3b36', 392, 26, 1);
  for (const [x, height] of [[46, 120], [86, 150], [120, 100], [520, 110], [556, 138]]) tree(context, x, 388, height);
}

/** A hot-air balloon on nothing. */
export function balloon(context) {
  context.save();
  context.translate(300, 165);
  context.beginPath();
  context.arc(0, 0, 130, Math.PI * 0.88, Math.PI * 2.12);
  context.quadraticCurveTo(70, 130, 26, 168);
  context.lineTo(-26, 168);
  context.quadraticCurveTo(-70, 130, -124, 48);
  context.clip();
  ['#d9473f', '#f2b134', '#fff4dc', '#2f8f9d', '#fff4dc', '#f2b134', '#d9473f'].forEach((color, i) => {
    context.fillStyle = color;
    context.fillRect(-133 + (i * 38), -135, 39, 310);
  });
  context.restore();
  context.strokeStyle = '#6b4a2b';
  context.lineWidth = 2;
  for (const [from, to] of [[-26, -20], [26, 20]]) {
    context.beginPath();
    context.moveTo(300 + from, 333);
    context.lineTo(300 + to, 358);
    context.stroke();
  }
  context.fillStyle = '#8a5f36';
  context.beginPath();
  context.roundRect(278, 356, 44, 34, 6);
  context.fill();
}

/** A person before a wall, on a canvas of 400 × 600 units. @param {{wall: string[], skin: string, hair: string, coat: string, long: boolean}} person */
export function portrait(context, { wall, skin, hair, coat, long }) {
  const gradient = context.createLinearGradient(0, 0, 400, 600);
  gradient.addColorStop(0, wall[0]);
  gradient.addColorStop(1, wall[1]);
  context.fillStyle = gradient;
  context.fillRect(0, 0, 400, 600);
  for (const [x, y, radius] of [[60, 90, 70], [350, 60, 90], [330, 300, 60], [40, 330, 50]]) disc(context, x, y, radius, 'rgb(255 255 255 / 10%)');
  const ellipse = (x, y, width, height, color) => {
    context.fillStyle = color;
    context.beginPath();
    context.ellipse(x, y, width, height, 0, 0, 2 * Math.PI);
    context.fill();
  };
  if (long) {
    context.fillStyle = hair;
    context.beginPath();
    context.roundRect(98, 130, 204, 270, 90);
    context.fill();
  }
  context.fillStyle = coat;
  context.beginPath();
  context.moveTo(30, 600);
  context.quadraticCurveTo(40, 420, 200, 400);
  context.quadraticCurveTo(360, 420, 370, 600);
  context.fill();
  context.fillStyle = skin;
  context.beginPath();
  context.roundRect(162, 310, 76, 125, 38);
  context.fill();
  ellipse(200, 235, 86, 108, skin);
  ellipse(200, 160, 90, 58, hair);
  ellipse(132, 190, 22, 46, hair);
  ellipse(268, 190, 22, 46, hair);
  for (const x of [166, 234]) ellipse(x, 235, 8, 10, '#2a2320');
  context.strokeStyle = '#2a2320';
  context.lineWidth = 5;
  context.lineCap = 'round';
  context.beginPath();
  context.arc(200, 268, 32, 0.25 * Math.PI, 0.75 * Math.PI);
  context.stroke();
}

/** A large number: which of several photos it is. */
export function number(context, text, color) {
  backdrop(context, color, '#20242c');
  context.fillStyle = '#ffffff';
  context.font = '700 300px system-ui, sans-serif';
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  context.fillText(text, 300, 210);
}
