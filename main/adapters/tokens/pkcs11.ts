import { existsSync } from 'node:fs';
import { AppError } from '../../domain/errors.ts';
import type { FoundToken, ModuleReport, TokenAddress, TokenLogin, Tokens } from '../../ports/tokens.ts';
import type { TokenModule } from './known-modules.ts';
import { ModuleProcess, type ModuleProcessOptions } from './module-process.ts';
import type { AnswerTo, ModuleRequest } from './module-protocol.ts';
import { openSigner } from './signer.ts';
import { restAfter, type Rests } from './rest.ts';

export interface Pkcs11Options {
  readonly modules: readonly TokenModule[];
  /** The module of the worker. */
  readonly entry: URL;
  /** All that a module's process is given. */
  readonly environment: Readonly<Record<string, string>>;
  /** How long calls may take; milliseconds. */
  readonly deadlines?: Deadlines | undefined;
}

/** Milliseconds. Making an RSA key takes some cards minutes. */
export interface Deadlines extends Rests {
  readonly survey: number;
  readonly key: number;
  readonly generate: number;
  /** What a call may take beyond its own time where somebody types the PIN on the reader. */
  readonly typing?: number;
}

/** The rests: a module that crashed or hung is not looked at again at once, so that it does not hold up every look. */
const usual: Deadlines = { survey: 5_000, key: 30_000, generate: 240_000, typing: 60_000, firstRest: 1_000, rest: 30_000 };

/** Tokens behind PKCS #11 modules, each module in a process of its own. */
export function createPkcs11Tokens(options: Pkcs11Options): Tokens {
  const deadlines = options.deadlines ?? usual;
  const modules = options.modules.map((module) => new WatchedModule(module, options, deadlines));
  const lastSeen = new Map<string, string>();
  const find = (name: string): WatchedModule => {
    const watched = modules.find(({ module }) => module.name === name);
    if (watched === undefined) throw new AppError('token.module-missing', 'The driver of this token is not there.', { module: name });
    return watched;
  };
  const ask = async <R extends ModuleRequest>(
    { module }: Pick<TokenAddress, 'module'>,
    request: R,
    milliseconds = deadlines.key,
  ): Promise<AnswerTo<R>> => find(module).process.call(request, milliseconds + typingTime(request, deadlines));
  return {
    survey: async () => {
      const views = await Promise.all(modules.map(async (module) => module.survey()));
      const tokens = views.flatMap((view) => view.tokens);
      for (const { serialNumber, module } of tokens) lastSeen.set(serialNumber, module);
      return { tokens, modules: views.map(({ report }) => report), lastSeen: new Map(lastSeen) };
    },
    checkPin: async (token, pin) => void (await ask(token, { ...on(token, pin), kind: 'check-pin' })),
    changePin: async ({ module, serialNumber }, change) => void (await ask({ module }, { ...change, serialNumber, kind: 'change-pin' })),
    unblock: async ({ module, serialNumber }, unblocking) => void (await ask({ module }, { ...unblocking, serialNumber, kind: 'unblock' })),
    replaceUnlockCode: async () => {
      throw new AppError('token.unsupported', 'The driver of this token cannot do this.');
    },
    replaceManagementKey: async ({ module, serialNumber }, change) =>
      void (await ask({ module }, { ...change, serialNumber, kind: 'replace-management-key' })),
    attest: async () => undefined,
    usedKeyIds: async ({ module, serialNumber }) => ask({ module }, { serialNumber, kind: 'used-key-ids' }),
    generateKeyPair: async (token, login, order) => ask(token, { ...by(token, login), kind: 'generate', order }, deadlines.generate),
    importKey: async (token, login, order) => ask(token, { ...by(token, login), kind: 'import', order }),
    generateOpeningKey: async (token, pin, order) => ask(token, { ...on(token, pin), kind: 'generate-opening', order }, deadlines.generate),
    openingKeys: async (token, pin) => ask(token, { ...on(token, pin), kind: 'opening-keys' }),
    open: async (token, pin, order) => ask(token, { ...on(token, pin), kind: 'open', order }),
    sign: async (token, pin, order) => ask(token, { ...on(token, pin), kind: 'sign', order }),
    openSigner: async (token, pin, key) =>
      openSigner(find(token.module).startAnother(), deadlines.key + typingTime({ pin }, deadlines), token, pin, key),
    writeCertificate: async (token, login, certificate) =>
      void (await ask(token, { ...by(token, login), kind: 'write-certificate', certificate })),
    objects: async (token, pin, ckaId) => ask(token, { ...on(token, pin), kind: 'objects', ckaId }),
    destroyObjects: async (token, login, ckaId) => ask(token, { ...by(token, login), kind: 'destroy', ckaId }),
    clearFragments: async (token, login) => ask(token, { ...by(token, login), kind: 'clear-fragments' }),
    wipe: async ({ module, serialNumber }, wiping) => void (await ask({ module }, { ...wiping, serialNumber, kind: 'wipe' })),
    initialize: async (module, order) => ask({ module }, { ...order, kind: 'initialize' }),
    close: () => {
      for (const module of modules) module.close();
    },
  };
}

const typingTime = (request: object, { typing = 0 }: Deadlines): number =>
  'pin' in request && request.pin instanceof Uint8Array && request.pin.length === 0 ? typing : 0;

const on = ({ serialNumber }: TokenAddress, pin: Uint8Array) => ({ serialNumber, pin });

const by = ({ serialNumber }: TokenAddress, { pin, managementKey }: TokenLogin) => ({ serialNumber, pin, managementKey });

interface ModuleView {
  readonly tokens: readonly FoundToken[];
  readonly report: ModuleReport;
}

class WatchedModule {
  readonly module: TokenModule;
  readonly process: ModuleProcess;
  readonly #deadlines: Deadlines;
  readonly #options: ModuleProcessOptions;
  readonly #others = new Set<ModuleProcess>();
  #failures = 0;
  #resting: { readonly until: number; readonly view: ModuleView } | undefined;

  constructor(module: TokenModule, { entry, environment }: Pkcs11Options, deadlines: Deadlines) {
    this.module = module;
    this.#options = { entry, environment, name: module.name, library: module.library };
    this.process = new ModuleProcess(this.#options);
    this.#deadlines = deadlines;
  }

  /** A process of its own for what stays logged in. */
  startAnother(): ModuleProcess {
    for (const other of this.#others) if (other.isClosed) this.#others.delete(other);
    const process = new ModuleProcess(this.#options);
    this.#others.add(process);
    return process;
  }

  close(): void {
    for (const process of [this.process, ...this.#others]) process.close();
  }

  async survey(): Promise<ModuleView> {
    if (this.#resting !== undefined && performance.now() < this.#resting.until) return this.#resting.view;
    this.#resting = undefined;
    const began = performance.now();
    try {
      const { name } = this.module;
      const tokens = (await this.#look()).map((token) => ({ ...token, module: name }));
      this.#failures = 0;
      return { tokens, report: this.#report('working', null) };
    } catch (error) {
      return this.#failed(
        error instanceof AppError ? error : new AppError('internal', 'A module could not be asked.', {}, { cause: error }),
        performance.now() - began,
      );
    }
  }

  /** Once more after a crash: whoever killed the process between two calls harmed nothing. */
  async #look() {
    const { name, library, isOpenedAnew } = this.module;
    if (!existsSync(library)) throw new AppError('token.module-missing', 'The driver of these tokens is not there.', { module: name });
    const look = async () => this.process.call({ kind: 'survey', anew: isOpenedAnew }, this.#deadlines.survey);
    try {
      return await look();
    } catch (error) {
      if (error instanceof AppError && error.code === 'token.module-crashed') return look();
      throw error;
    }
  }

  #failed({ code, details }: AppError, heldUp: number): ModuleView {
    const state = stateAfter(code);
    const view = { tokens: [], report: this.#report(state, { code, details }) };
    if (state === 'crashed' || state === 'hung')
      this.#resting = { until: performance.now() + restAfter(++this.#failures, heldUp, this.#deadlines), view };
    return view;
  }

  #report(state: ModuleReport['state'], error: ModuleReport['error']): ModuleReport {
    const { name, library } = this.module;
    return { name, library, state, error };
  }
}

function stateAfter(code: AppError['code']): Exclude<ModuleReport['state'], 'working'> {
  if (code === 'token.module-missing') return 'missing';
  if (code === 'token.module-crashed') return 'crashed';
  return code === 'token.module-hung' ? 'hung' : 'unusable';
}
