/** What Chromium would do itself and this window does not: other windows and tabs, open, save, print, its tools. */
const swallowed = new Set([
  'ctrl+n',
  'ctrl+shift+n',
  'ctrl+t',
  'ctrl+shift+t',
  'ctrl+o',
  'ctrl+s',
  'ctrl+p',
  'ctrl+u',
  'ctrl+j',
  'ctrl+h',
  'ctrl+l',
  'ctrl+d',
  'ctrl+g',
  'ctrl+r',
  'ctrl+shift+r',
  'ctrl+shift+i',
  'ctrl+shift+j',
  'ctrl+shift+c',
  'ctrl+shift+p',
  'ctrl+shift+delete',
  'shift+escape',
  'alt+arrowleft',
  'alt+arrowright',
  'f5',
  'ctrl+f5',
  'f12',
]);

/** Keeps Chromium's own accelerators from acting; the page still hears them. Zoom stays: people need it. */
export function guardKeys(target: Window): void {
  target.addEventListener('keydown', (event) => swallowed.has(chordOf(event)) && event.preventDefault(), { capture: true });
  target.addEventListener('contextmenu', (event) => !isForText(event, target) && event.preventDefault(), { capture: true });
}

function chordOf(event: KeyboardEvent): string {
  const held = [(event.ctrlKey || event.metaKey) && 'ctrl', event.altKey && 'alt', event.shiftKey && 'shift'];
  return [...held, event.key.toLowerCase()].filter(Boolean).join('+');
}

/** Copying and pasting keeps its menu; inspecting, viewing the source and saving the page have none. */
function isForText({ target }: Event, window: Window): boolean {
  return target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement || window.getSelection()?.isCollapsed === false;
}
