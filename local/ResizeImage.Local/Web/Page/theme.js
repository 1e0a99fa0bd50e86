// A classic script in the head: the page has its colors before it is painted.
const themeKey = 'theme';

/** Light, dark, or null for the browser's own. */
function savedTheme() {
  try {
    const saved = localStorage.getItem(themeKey);
    return saved === 'light' || saved === 'dark' ? saved : null;
  } catch {
    return null;
  }
}

if (savedTheme()) document.documentElement.dataset.theme = savedTheme();
