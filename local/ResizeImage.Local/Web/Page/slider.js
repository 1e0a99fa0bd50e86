import { h } from './dom.js';

let count = 0;

/**
 * Two images one above the other, divided by a line that a range input moves: left of it is the first, right of it the second.
 * Zoomed by the property --zoom, both grow around the line, which moves through all of them.
 * @param {{image: HTMLImageElement, width: number, height: number}} before
 * @param {{image: HTMLImageElement, width: number, height: number}} after
 * @param {{label: string, names: [string, string]}} text of the range, and of both sides for screen readers
 */
export function slider(before, after, { label = 'Before on the left, after on the right', names = ['before', 'after'] } = {}) {
  const id = `comparison-slider-${++count}`;
  const stage = h('div', { class: 'slider' }, part('before', before), part('after', after), h('span', { class: 'slider-line' }));
  const range = h('input', { id, type: 'range', min: 0, max: 100, value: 50, oninput: move });
  stage.append(range);
  // The height that the zoom keeps is the pointer's.
  stage.addEventListener('pointermove', ({ clientY }) => {
    const { top, height } = stage.getBoundingClientRect();
    stage.style.setProperty('--focus', `${Math.min(100, Math.max(0, (100 * (clientY - top)) / height))}%`);
  });

  // The larger of both, so that neither is cropped; the other one is scaled to it.
  stage.style.setProperty('--width', `${Math.max(before.width, after.width)}px`);
  stage.style.aspectRatio = `${Math.max(before.width, after.width)} / ${Math.max(before.height, after.height)}`;
  move();
  return h('div', { class: 'slider-group' }, h('label', { htmlFor: id }, label), stage);

  function move() {
    stage.style.setProperty('--position', `${range.value}%`);
    range.setAttribute('aria-valuetext', `${range.value}% ${names[0]}, ${100 - range.value}% ${names[1]}`);
  }
}

/** The figures below the slider have the alternative texts. */
function part(name, { image }) {
  image.classList.add(name);
  image.alt = '';
  return image;
}
