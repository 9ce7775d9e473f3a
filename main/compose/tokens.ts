import { createPkcs11Tokens, type Deadlines } from '../adapters/tokens/pkcs11.ts';
import { installedModules, type TokenModule } from '../adapters/tokens/known-modules.ts';
import { childEnvironment, windowsChildEnvironment } from '../domain/process/environment.ts';
import type { Tokens } from '../ports/tokens.ts';
import type { PushChannel } from '../services/dispatcher.ts';
import type { SessionRegistry } from '../services/session-registry.ts';
import { createTokenWatch, type TokenWatch } from '../services/token-watch.ts';
import { repeat } from './repeat.ts';
import { workerEntry } from './worker-entry.ts';

/** Tokens of this computer; tests name the modules, and wait less for those that hang. */
export function composeTokens(modules: readonly TokenModule[] = installedModules(), deadlines?: Deadlines): Tokens {
  const environment = process.platform === 'win32' ? windowsChildEnvironment(process.env) : childEnvironment(process.env);
  return createPkcs11Tokens({ modules, entry: workerEntry('token'), environment, deadlines });
}

/** Looks for tokens as long as somebody is signed in; keeps no process alive. */
export const watchTokens = (tokens: Tokens, sessions: SessionRegistry, pushes: PushChannel): TokenWatch =>
  createTokenWatch({
    tokens,
    isAnybodyThere: () => sessions.isAnybodyThere(),
    send: (messages) => pushes.send(messages),
    repeat,
  });
