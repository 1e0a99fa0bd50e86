import { byId } from './dom.js';

const key = 'theme';
const system = matchMedia('(prefers-color-scheme: dark)');
const button = byId('theme');
const isDark = () => (document.documentElement.dataset.theme ?? (system.matches ? 'dark' : 'light')) === 'dark';

function show() {
  button.setAttribute('aria-pressed', isDark());
}

/** The other colors. A choice that equals the browser's is not kept, so that the page follows the browser again. */
function change() {
  const chosen = isDark() ? 'light' : 'dark';
  const isSystems = (chosen === 'dark') === system.matches;
  if (isSystems) delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = chosen;
  try {
    if (isSystems) localStorage.removeItem(key);
    else localStorage.setItem(key, chosen);
  } catch {
    // Without storage the choice lasts until the page is closed.
  }
  show();
}

button.addEventListener('click', change);
system.addEventListener('change', show);
show();
