// In these, arrows move the caret, the value or the choice.
const keepsArrows = 'input, textarea, select, [role=region], pre';

/** What an arrow key asks for: 1 for the next one, -1 for the one before, 0 for neither. */
export function arrowStep({ key, target, altKey, ctrlKey, metaKey, shiftKey }) {
  if (altKey || ctrlKey || metaKey || shiftKey || target.closest(keepsArrows)) return 0;
  return key === 'ArrowRight' ? 1 : key === 'ArrowLeft' ? -1 : 0;
}

/** How many elements of a grid are in its first row. */
function columns(elements) {
  const top = elements[0]?.offsetTop;
  const below = elements.findIndex((element) => element.offsetTop > top);
  return below < 0 ? elements.length : below;
}

/** Arrow keys move the focus between the first buttons of a grid's elements. */
export function moveByArrows(grid) {
  grid.addEventListener('keydown', (event) => {
    const elements = [...grid.children];
    const here = elements.findIndex((element) => element.contains(event.target));
    const rows = { ArrowDown: 1, ArrowUp: -1 }[event.key] ?? 0;
    const step = arrowStep(event) || (rows * columns(elements));
    const next = elements[here + step]?.querySelector('button');
    if (here < 0 || step === 0 || !next) return;
    event.preventDefault();
    next.focus();
  });
}
