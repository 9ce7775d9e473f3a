import { runShell } from './hosts/run-shell.ts';

/** The shell: the window, in Electron or in a Chromium of the system, over a core in a process of its own. */
await runShell(process.argv, async (places) => {
  // What a host needs is loaded only where it runs, and only after the environment has been cleaned.
  if (process.versions['electron'] === undefined) {
    const { openChromiumHost } = await import('./hosts/chromium/open-chromium-host.ts');
    return openChromiumHost(places);
  }
  const { openElectronHost } = await import('./hosts/electron/open-electron-host.ts');
  return openElectronHost(places);
});
