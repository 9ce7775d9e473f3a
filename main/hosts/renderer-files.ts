import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { extname, join, relative, sep } from 'node:path';

export interface ServedFile {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** Gives the file for a path of the window's origin; undefined for every path that is not in the map. */
export type RendererFiles = (path: string) => ServedFile | undefined;

/** Stands in the page where the nonce of its styles belongs; put there by the renderer's build. */
const noncePlaceholder = '__STYLE_NONCE__';

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
};

/**
 * The built window as a map from path to file, made once: no path is ever put together from what a page asks for. Only
 * regular files of known types enter it.
 */
export function openRendererFiles(directory: string): RendererFiles {
  const files = new Map(
    readdirSync(directory, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && Object.hasOwn(types, extname(entry.name)))
      .map((entry) => join(entry.parentPath, entry.name))
      .map((path) => [`/${relative(directory, path).split(sep).join('/')}`, path]),
  );
  return (path) => {
    const name = path === '/' ? '/index.html' : path;
    const file = files.get(name);
    return file === undefined ? undefined : served(file);
  };
}

function served(file: string): ServedFile {
  const type = types[extname(file)] ?? 'application/octet-stream';
  const content = readFileSync(file);
  if (extname(file) !== '.html') return { headers: headersOf(type), body: content };
  const nonce = randomBytes(16).toString('base64');
  const page = content.toString('utf8').replaceAll(noncePlaceholder, nonce);
  return { headers: { ...headersOf(type), 'content-security-policy': contentSecurityPolicy(nonce) }, body: Buffer.from(page) };
}

/**
 * What a page of ours may do: run and show what came with it. No connection, frame, plug-in, form or other base;
 * style elements only with the page's own nonce.
 */
function contentSecurityPolicy(styleNonce: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${styleNonce}'`,
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'none'",
    "worker-src 'none'",
    "frame-src 'none'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}

function headersOf(type: string): Record<string, string> {
  return {
    'content-type': type,
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'permissions-policy': 'camera=(), microphone=(), geolocation=(), usb=(), serial=(), hid=(), midi=(), payment=(), display-capture=()',
  };
}
