import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Marionette } from './marionette.ts';

export const program = '/usr/lib/thunderbird/thunderbird';

/** What keeps a fresh Thunderbird from greeting, updating and telling home. */
const quietPreferences = {
  'marionette.port': 0,
  'app.donation.eoy.version.viewed': 999,
  'app.update.enabled': false,
  'datareporting.policy.dataSubmissionPolicyBypassNotification': true,
  'mail.provider.suppress_dialog_on_startup': true,
  'mail.rights.version': 1,
  'mail.shell.checkDefaultClient': false,
  'mail.spotlight.firstRunDone': true,
  'mail.winsearch.firstRunDone': true,
  'mailnews.start_page.enabled': false,
  'network.captive-portal-service.enabled': false,
  'network.connectivity-service.enabled': false,
  'toolkit.telemetry.enabled': false,
} as const;

/** An account for each address that never looks for mail, and sends through a server of ours. */
export function accountPreferences(addresses: readonly string[], smtpPort: number): Record<string, string | number | boolean> {
  const numbers = addresses.map((_, at) => at + 1);
  return {
    'mail.accountmanager.accounts': numbers.map((number) => `account${number}`).join(','),
    'mail.accountmanager.defaultaccount': 'account1',
    'mail.smtpservers': 'smtp1',
    'mail.smtpserver.smtp1.hostname': '127.0.0.1',
    'mail.smtpserver.smtp1.port': smtpPort,
    'mail.smtpserver.smtp1.authMethod': 1,
    'mail.smtpserver.smtp1.try_ssl': 0,
    ...Object.fromEntries(addresses.flatMap((address, at) => Object.entries(onePersonsPreferences(address, at + 1)))),
  };
}

const onePersonsPreferences = (address: string, number: number) => ({
  [`mail.account.account${number}.identities`]: `id${number}`,
  [`mail.account.account${number}.server`]: `server${number}`,
  [`mail.identity.id${number}.useremail`]: address,
  [`mail.identity.id${number}.fullName`]: 'Dr "Countess" Łoś',
  [`mail.identity.id${number}.smtpServer`]: 'smtp1',
  [`mail.identity.id${number}.fcc`]: false,
  [`mail.identity.id${number}.compose_html`]: false,
  [`mail.identity.id${number}.valid`]: true,
  [`mail.server.server${number}.type`]: 'pop3',
  [`mail.server.server${number}.hostname`]: `mail${number}.localhost`,
  [`mail.server.server${number}.userName`]: address,
  [`mail.server.server${number}.login_at_startup`]: false,
  [`mail.server.server${number}.check_new_mail`]: false,
  [`mail.server.server${number}.download_on_biff`]: false,
});

/** A profile that Thunderbird has not seen yet. */
export function makeProfile(path: string, preferences: Readonly<Record<string, string | number | boolean>>): string {
  mkdirSync(path, { mode: 0o700 });
  const lines = Object.entries({ ...quietPreferences, ...preferences }).map(
    ([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});\n`,
  );
  writeFileSync(join(path, 'prefs.js'), lines.join(''), { mode: 0o600 });
  return path;
}

export interface RunningThunderbird {
  readonly run: Marionette['run'];
  /** Ends it as a person would, and everything it has started. */
  stop(): Promise<void>;
}

export interface ThunderbirdStart {
  readonly environment?: Readonly<Record<string, string>>;
  /** Another than the installed one. */
  readonly executable?: string;
}

/** Starts the real program on a profile, without a screen and with a home of its own. */
export async function startThunderbird(
  profile: string,
  home: string,
  { environment = {}, executable = program }: ThunderbirdStart = {},
): Promise<RunningThunderbird> {
  mkdirSync(home, { recursive: true, mode: 0o700 });
  const portFile = join(profile, 'MarionetteActivePort');
  rmSync(portFile, { force: true });
  const child = spawn(executable, ['--headless', '--profile', profile, '--no-remote', '--marionette', '--remote-allow-system-access'], {
    env: {
      HOME: home,
      XDG_RUNTIME_DIR: home,
      PATH: '/usr/bin:/bin',
      LC_ALL: 'C.UTF-8',
      DBUS_SESSION_BUS_ADDRESS: 'disabled:',
      MOZ_CRASHREPORTER_DISABLE: '1',
      ...environment,
    },
    stdio: 'ignore',
    detached: true,
  });
  const killAtExit = () => killGroup(child);
  process.once('exit', killAtExit);
  const ended = once(child, 'exit');
  try {
    const marionette = await Marionette.connect(await portIn(portFile, child));
    const stop = async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      await marionette.quit();
      await Promise.race([ended, pause(8000, undefined, { ref: false })]);
      killGroup(child);
      await ended;
      process.off('exit', killAtExit);
    };
    return { run: marionette.run.bind(marionette), stop };
  } catch (error) {
    killGroup(child);
    throw error;
  }
}

async function portIn(file: string, child: ChildProcess): Promise<number> {
  for (let tries = 0; tries < 1200; tries++) {
    const port = existsSync(file) ? Number(readFileSync(file, 'utf8')) : 0;
    if (port > 0) return port;
    if (child.exitCode !== null) throw new Error(`Thunderbird ended with ${child.exitCode}`);
    await pause(50);
  }
  throw new Error('Thunderbird did not start.');
}

function killGroup({ pid }: ChildProcess): void {
  try {
    if (pid !== undefined) process.kill(-pid, 'SIGKILL');
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}

/** Imports of Thunderbird's own modules, for every script below. */
const imports = `
  const { MailServices } = ChromeUtils.importESModule('resource:///modules/MailServices.sys.mjs');
  const { setTimeout } = ChromeUtils.importESModule('resource://gre/modules/Timer.sys.mjs');
  const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
`;

/** Types the PIN of a card into Thunderbird's own question for it; answers the question as it was shown. `note`: a file that comes of it. */
export async function typePin({ run }: RunningThunderbird, label: string, pin: string, note: string): Promise<string> {
  await run(`${imports}${typing}`, label, pin, note);
  for (let tries = 0; tries < 200; tries++) {
    if (existsSync(note)) return readFileSync(note, 'utf8');
    await pause(100);
  }
  throw new Error('Thunderbird did not ask for the PIN.');
}

/** No other script may run while the question stands on the screen: so it is asked once this has returned, and ends in a file. */
const typing = `
  const [label, pin, note] = arguments;
  let question = 'nothing was asked';
  const fill = (dialog) => {
    const field = dialog.document.getElementById('password1Textbox');
    if (!field) return;
    question = dialog.document.getElementById('infoBody')?.textContent ?? '';
    field.value = pin;
    field.dispatchEvent(new dialog.Event('input', { bubbles: true }));
    dialog.document.querySelector('dialog').acceptDialog();
  };
  Services.obs.addObserver({ observe: (dialog) => setTimeout(() => fill(dialog), 300) }, 'common-dialog-loaded');
  setTimeout(async () => {
    const modules = Cc['@mozilla.org/security/pkcs11moduledb;1'].getService(Ci.nsIPKCS11ModuleDB);
    for (const module of await modules.listModules())
      for (const slot of module.slots) {
        const token = slot.getToken ? slot.getToken() : slot.token;
        if (token?.tokenName.trim() === label) await token.login(true);
      }
    await IOUtils.writeUTF8(note, question, { tmpPath: note + '.new' });
  }, 100);
`;

export interface Sent {
  readonly isSigned: boolean;
  readonly isEncrypted: boolean;
  /** What Thunderbird asked or complained of. */
  readonly prompts: readonly string[];
}

/** Writes a mail in the compose window and sends it encrypted: presses the button for it if it is not pressed already. */
export const sendMail = (
  { run }: RunningThunderbird,
  mail: { readonly from: string; readonly to: string; readonly subject: string; readonly body: string },
): Promise<Sent> => run(`${imports}${sending}`, mail);

const sending = `
  const [mail] = arguments;
  const fields = Cc['@mozilla.org/messengercompose/composefields;1'].createInstance(Ci.nsIMsgCompFields);
  Object.assign(fields, { to: mail.to, subject: mail.subject, body: mail.body });
  const params = Cc['@mozilla.org/messengercompose/composeparams;1'].createInstance(Ci.nsIMsgComposeParams);
  params.composeFields = fields;
  params.identity = MailServices.accounts.allIdentities.find(({ email }) => email === mail.from);
  params.type = Ci.nsIMsgCompType.New;
  params.format = Ci.nsIMsgCompFormat.PlainText;
  const prompts = [];
  let opened;
  const composer = new Promise((resolve) => { opened = resolve; });
  const watcher = { observe(win, topic) {
    if (topic !== 'domwindowopened') return;
    win.addEventListener('load', () => {
      const uri = win.document.documentURI;
      if (uri.includes('messengercompose')) opened(win);
      if (uri.includes('commonDialog')) {
        prompts.push(win.document.getElementById('infoBody')?.textContent ?? uri);
        setTimeout(() => win.document.querySelector('dialog')?.cancelDialog(), 100);
      }
    }, { once: true });
  } };
  Services.ww.registerNotification(watcher);
  MailServices.compose.OpenComposeWindowWithParams(null, params);
  const win = await composer;
  while (!win.composeEditorReady) await sleep(50);
  for (let tries = 0; tries < 200 && !(win.gLoadingComplete && win.gSendSigned); tries++) await sleep(50);
  const checked = new Promise((resolve) => win.document.addEventListener('encryption-state-checked', resolve, { once: true }));
  if (!win.gSendEncrypted) win.toggleEncryptMessage();
  win.checkEncryptionState('button');
  await Promise.race([checked, sleep(10000)]);
  const answer = { isSigned: win.gSendSigned, isEncrypted: win.gSendEncrypted, prompts };
  const closed = new Promise((resolve) => win.addEventListener('unload', resolve, { once: true }));
  win.goDoCommand('cmd_sendNow');
  await Promise.race([closed, sleep(20000)]);
  Services.ww.unregisterNotification(watcher);
  return answer;
`;

export interface Shown {
  /** 0 is good: Thunderbird's own verdicts (nsICMSMessageErrors). */
  readonly signature: number | null;
  readonly encryption: number | null;
  readonly signer: string | null;
  /** What Thunderbird's own OpenPGP says: `verified` and `ok` are good. */
  readonly openPgp: { readonly signature: string | null; readonly encryption: string | null };
  readonly body: string;
}

/** Puts a mail into a local folder and opens it. */
export const showMail = ({ run }: RunningThunderbird, file: string): Promise<Shown> =>
  run(`${imports}${showing}`, file, basename(file), readFileSync(file, 'latin1').includes('application/pgp-encrypted'));

const showing = `
  const [path, name, isOpenPgp] = arguments;
  try { MailServices.accounts.localFoldersServer; } catch { MailServices.accounts.createLocalMailAccount(); }
  const root = MailServices.accounts.localFoldersServer.rootFolder.QueryInterface(Ci.nsIMsgLocalMailFolder);
  const folder = root.createLocalSubfolder(name);
  const source = Cc['@mozilla.org/file/local;1'].createInstance(Ci.nsIFile);
  source.initWithPath(path);
  await new Promise((resolve) => MailServices.copy.copyFileMessage(source, folder, null, false, 0, '', {
    QueryInterface: ChromeUtils.generateQI(['nsIMsgCopyServiceListener']),
    onStartCopy() {}, onProgress() {}, setMessageKey() {}, getMessageId() { return null; }, onStopCopy: resolve,
  }, null));
  const [header] = [...folder.messages];
  const pane = Services.wm.getMostRecentWindow('mail:3pane').document.getElementById('tabmail').currentAbout3Pane;
  pane.displayFolder(folder.URI);
  await sleep(300);
  const view = pane.messageBrowser.contentWindow;
  const events = new Set();
  const verdict = isOpenPgp ? 'openpgpprocessed' : 'smimeprocessed';
  for (const name of ['MsgLoaded', verdict])
    for (const target of [view, view.document]) target.addEventListener(name, () => events.add(name));
  const body = () => view.getMessagePaneBrowser().contentDocument?.body?.textContent ?? '';
  pane.selectMessage(header);
  const openPgp = () => ({ signature: view.Enigmail?.hdrView?.msgSignedStateString ?? null, encryption: view.Enigmail?.hdrView?.msgEncryptedStateString ?? null });
  const isSaid = () => events.size === 2 && (!isOpenPgp || openPgp().encryption);
  for (let tries = 0; tries < 400 && !isSaid(); tries++) await sleep(50);
  // What was decrypted comes into the pane after the verdict.
  let seen = '';
  for (let tries = 0; tries < 40 && (tries === 0 || seen !== body()); tries++) {
    seen = body();
    await sleep(300);
  }
  return {
    signature: view.gSignatureStatus ?? null,
    encryption: view.gEncryptionStatus ?? null,
    signer: view.gSignerCert?.emailAddress ?? null,
    openPgp: openPgp(),
    body: body(),
  };
`;
