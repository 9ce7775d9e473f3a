import { BrowserWindow, session as sessions } from 'electron';
import { scheme } from './origin.ts';
import { printOptions } from './window-options.ts';

const printUrl = `${scheme}://print/`;

/** What a printed page may load: nothing but its own styles and pictures. */
const policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox";

/** An HTML page as PDF, from a window nobody sees that runs no script and lives only in memory. */
export async function printToPdf(html: Uint8Array): Promise<Uint8Array> {
  const session = sessions.fromPartition(`print-${crypto.randomUUID()}`);
  session.webRequest.onBeforeRequest((details, answer) => answer({ cancel: details.url !== printUrl }));
  session.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  session.setPermissionCheckHandler(() => false);
  const headers = { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': policy };
  session.protocol.handle(scheme, () => new Response(new Uint8Array(html), { headers }));
  const window = new BrowserWindow(printOptions(session));
  try {
    await window.loadURL(printUrl);
    return await window.webContents.printToPDF({ pageSize: 'A4', preferCSSPageSize: true, printBackground: true });
  } finally {
    window.destroy();
  }
}
