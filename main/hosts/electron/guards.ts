import type { App, IpcMainInvokeEvent, Session, WebContents } from 'electron';
import type { RendererFiles } from '../renderer-files.ts';
import { isOurs, scheme } from './origin.ts';

/** Serves the window from its map and refuses everything else a session could do. */
export function guardSession(session: Session, files: RendererFiles): void {
  // SECURITY: electron #1 no remote content: whatever is not ours is cancelled before it leaves
  session.webRequest.onBeforeRequest((details, answer) => answer({ cancel: !isOurs(details.url) }));
  // SECURITY: electron #5 every permission is denied, asked for or looked up
  session.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  session.on('will-download', (event) => event.preventDefault());
  // SECURITY: electron #7 the files come with their policy as a header
  // SECURITY: electron #18 our own scheme, never file://
  session.protocol.handle(scheme, (request) => serve(request, files));
}

function serve(request: Request, files: RendererFiles): Response {
  const url = new URL(request.url);
  const file = isOurs(request.url) && request.method === 'GET' && url.search === '' ? files(url.pathname) : undefined;
  if (file === undefined) return new Response(null, { status: 404 });
  return new Response(new Uint8Array(file.body), { status: 200, headers: { ...file.headers } });
}

/** Holds for every page there will ever be, ours included. */
export function guardContents(app: App): void {
  app.on('web-contents-created', (_event, contents) => {
    // SECURITY: electron #12 no webview is attached, whatever its options
    contents.on('will-attach-webview', (event) => event.preventDefault());
    // SECURITY: electron #13 no page leaves, and no frame of it
    contents.on('will-navigate', (event) => event.preventDefault());
    contents.on('will-frame-navigate', (event) => event.preventDefault());
    contents.on('will-redirect', (event) => event.preventDefault());
    // SECURITY: electron #14 no page opens another
    contents.setWindowOpenHandler(() => ({ action: 'deny' }));
    // SECURITY: electron #15 nothing is ever handed to the system to open: addresses in certificates are shown and copied
  });
}

/** SECURITY: electron #17 who speaks: our window, a frame that is still there, its top one, our origin. */
export function isWindow(event: Pick<IpcMainInvokeEvent, 'sender' | 'senderFrame'>, contents: WebContents): boolean {
  const frame = event.senderFrame;
  return event.sender === contents && frame !== null && frame === contents.mainFrame && isOurs(frame.url);
}
