/**
 * Where a web server looks for a response that is asked for by GET (RFC 5019 section 5): base64 has slashes, which it takes for folders,
 * several in a row for one; and where the last character is one, for a folder's index.
 */
export function ocspPath(base64: string): string {
  const folders = base64.split('/').filter((part) => part !== '');
  return [...folders, ...(base64.endsWith('/') ? ['index.html'] : [])].join('/');
}

/** Certificates answered for in one call: each has two responses, and a message carries 256 files at most. */
export const answeredAtATime = 100;
