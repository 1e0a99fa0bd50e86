import { h } from './dom.js';

// While a dialog is open, all beside it is inert: neither seen, nor read, nor pressed.
const place = (selector) => (Array.from(document.querySelectorAll('dialog[open]')).at(-1) ?? document.body).querySelector(`:scope > ${selector}`);
const pending = [];
let timer = null;

/** Tells screen readers what happened. What comes in a burst is told together. */
export function announce(message) {
  pending.push(message);
  timer ??= setTimeout(() => {
    const many = pending.length > 3;
    place('.live').textContent = many ? `${pending.length} changes. The last: ${pending.at(-1)}` : pending.join(' ');
    pending.length = 0;
    timer = null;
  }, 400);
}

/** Shows that something could not be done, until it is closed. */
export function complain(error) {
  const toast = h('div', { class: 'toast', role: 'alert' },
    h('p', {}, error.message),
    h('button', { type: 'button', onclick: () => toast.remove() }, 'Close'));
  place('.toasts').append(toast);
}

let offered = null;

/** Says what was done, with a button for what can be done about it. It stays until it is used, closed, or replaced by the next one. */
export function offer(message, action, run) {
  offered?.remove();
  const toast = h('div', { class: 'toast note', role: 'status' },
    h('p', {}, message),
    h('button', { type: 'button', class: 'primary', onclick: () => { toast.remove(); run(); } }, action),
    h('button', { type: 'button', onclick: () => toast.remove() }, 'Close'));
  offered = toast;
  document.body.querySelector(':scope > .toasts').append(toast);
}

/** Runs what may fail, and complains if it does. */
export async function attempt(action) {
  try {
    return await action();
  } catch (error) {
    complain(error);
    return undefined;
  }
}
