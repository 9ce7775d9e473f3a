import type { BrowserWindowConstructorOptions, Session } from 'electron';

/**
 * Everything a window is made with, written out: what Electron's defaults are today may not be tomorrow's.
 * `preload` is the absolute path of the built bridge.
 */
export function windowOptions(preload: string, session: Session): BrowserWindowConstructorOptions {
  return {
    title: 'Keyward',
    width: 1280,
    height: 860,
    minWidth: 800,
    minHeight: 600,
    show: false,
    autoHideMenuBar: true,
    webPreferences: {
      preload,
      session,
      // SECURITY: electron #2 no Node in any page, frame or worker
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      // SECURITY: electron #3 the bridge lives in a world of its own
      contextIsolation: true,
      // SECURITY: electron #4 the operating system's sandbox around every page
      sandbox: true,
      // SECURITY: electron #6 the same-origin policy holds
      webSecurity: true,
      // SECURITY: electron #8 nothing insecure in a secure page
      allowRunningInsecureContent: false,
      // SECURITY: electron #9 no experiments
      experimentalFeatures: false,
      // SECURITY: electron #10 no Blink features are switched on: `enableBlinkFeatures` is left out
      // SECURITY: electron #11 no webviews, so none that opens windows
      webviewTag: false,
      navigateOnDragDrop: false,
      safeDialogs: true,
      spellcheck: false,
      devTools: false,
    },
  };
}

/** A page that is only printed: no script, no bridge, nothing of the window's session. */
export function printOptions(session: Session): BrowserWindowConstructorOptions {
  const { webPreferences } = windowOptions('', session);
  const { preload: _, ...isolated } = webPreferences ?? {};
  return { show: false, webPreferences: { ...isolated, javascript: false } };
}
