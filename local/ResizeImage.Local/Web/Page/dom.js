/**
 * Makes an element. Children that are strings become text, never markup: names of files are other people's words.
 * @param {string} tag
 * @param {object} properties class, dataset, on… listeners, attributes with a dash or without a property; others are properties
 * @param {...(Node|string|null|undefined|false)} children null, undefined and false are left out
 */
export function h(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === undefined || value === null) continue;
    if (name === 'class') element.className = value;
    else if (name === 'dataset') Object.assign(element.dataset, value);
    else if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else if (name in element && !name.includes('-')) element[name] = value;
    else element.setAttribute(name, value);
  }
  element.append(...present(children));
  return element;
}

let labels = 0;

/** A control under its label. */
export function labelled(text, control) {
  control.id = `control-${++labels}`;
  return h('div', { class: 'field' }, h('label', { htmlFor: control.id }, text), control);
}

/** Replaces what is in an element. */
export function fill(element, ...children) {
  element.replaceChildren(...present(children));
}

/**
 * Draws a view only while it is to be seen, and at most once a frame.
 * @returns {() => void} to be called when there is something new to draw
 */
export function whileShown(id, draw) {
  const section = byId(id);
  let stale = false;
  const drawStale = () => {
    if (!stale || section.hidden) return;
    stale = false;
    draw();
  };
  new MutationObserver(drawStale).observe(section, { attributeFilter: ['hidden'] });
  return () => {
    stale = true;
    requestAnimationFrame(drawStale);
  };
}

/** The element of that id. */
export const byId = (id) => document.getElementById(id);

const present = (children) => children.flat().filter((child) => child !== null && child !== undefined && child !== false);
