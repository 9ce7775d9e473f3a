/**
 * Puts words on the clipboard, within a click; answers whether it worked. The window has no permission to write there at
 * any other time, and `navigator.clipboard` would ask for one: the command of old needs the person's hand alone.
 */
export function copyWords(words: string): boolean {
  const put = (event: ClipboardEvent): void => {
    event.preventDefault();
    event.stopImmediatePropagation();
    event.clipboardData?.setData('text/plain', words);
  };
  document.addEventListener('copy', put, { capture: true });
  try {
    // oxlint-disable-next-line typescript/no-deprecated
    return document.execCommand('copy');
  } finally {
    document.removeEventListener('copy', put, { capture: true });
  }
}
