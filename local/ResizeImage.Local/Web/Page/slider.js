import { h } from './dom.js';

const id = 'comparison-slider';

/**
 * Two images one above the other, divided by a line that a range input moves: left of it is the first, right of it the second.
 * @param {{image: HTMLImageElement, width: number, height: number}} before
 * @param {{image: HTMLImageElement, width: number, height: number}} after
 */
export function slider(before, after) {
  const stage = h('div', { class: 'slider' }, part('before', before), part('after', after), h('span', { class: 'slider-line' }));
  const range = h('input', { id, type: 'range', min: 0, max: 100, value: 50, oninput: move });
  stage.append(range);

  // The larger of both, so that neither is cropped; the other one is scaled to it.
  stage.style.setProperty('--width', `${Math.max(before.width, after.width)}px`);
  stage.style.aspectRatio = `${Math.max(before.width, after.width)} / ${Math.max(before.height, after.height)}`;
  move();
  return h('div', { class: 'slider-group' }, h('label', { htmlFor: id }, 'Before on the left, after on the right'), stage);

  function move() {
    stage.style.setProperty('--position', `${range.value}%`);
    range.setAttribute('aria-valuetext', `${range.value}% before, ${100 - range.value}% after`);
  }
}

/** The figures below the slider have the alternative texts. */
function part(name, { image }) {
  image.classList.add(name);
  image.alt = '';
  return image;
}
