import { createOpenPgpCards, scdaemonPlaces } from '../adapters/openpgp-cards/openpgp-cards.ts';
import { createPivCards } from '../adapters/piv-cards/piv-cards.ts';
import { createPcscLiteReaders, noReaderService, pcscLite, type PcscLiteOptions } from '../adapters/readers/pcsc-lite.ts';
import { createPkcs11Tokens, type Deadlines } from '../adapters/tokens/pkcs11.ts';
import { installedModules, type TokenModule } from '../adapters/tokens/known-modules.ts';
import { givingWay } from '../adapters/tokens/giving-way.ts';
import { withPivCards } from '../adapters/tokens/with-piv-cards.ts';
import { withReaderService } from '../adapters/tokens/with-reader-service.ts';
import { childEnvironment, windowsChildEnvironment } from '../domain/process/environment.ts';
import type { OpenPgpCards } from '../ports/openpgp-cards.ts';
import type { Readers } from '../ports/readers.ts';
import type { Tokens, TokenSurvey } from '../ports/tokens.ts';
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

/** The readers of this computer, where it can be asked; of the service that the drivers ask, too. */
export function composeReaders(options?: PcscLiteOptions): Readers {
  const { PCSCLITE_CSOCK_NAME: socket = pcscLite.socket } = childEnvironment(process.env);
  return process.platform === 'linux' ? createPcscLiteReaders(options ?? { ...pcscLite, socket }) : noReaderService;
}

/** What tokens and readers show, and beside them OpenPGP cards, whose acts nothing else of ours comes between; tests name the driver. */
export function composeCardAccess(
  parts: { readonly tokens: Tokens; readonly readers: Readers },
  programs: readonly string[] = scdaemonPlaces,
): { readonly tokens: Tokens; readonly readers: Readers; readonly openPgpCards: OpenPgpCards } {
  const { tokens, readers, alone, isActing } = givingWay(parts.tokens, parts.readers);
  const openPgpCards = createOpenPgpCards({
    readers: parts.readers,
    looking: readers,
    programs,
    environment: childEnvironment(process.env),
    alone,
    isActing,
  });
  return { tokens, readers, openPgpCards };
}

/** The tokens that services work with: as they are shown, and as the cards among them tell. */
export const composeCards = ({ tokens, readers }: { readonly tokens: Tokens; readonly readers: Readers }): Tokens =>
  withReaderService(withPivCards(tokens, readers, createPivCards(readers)), readers);

/** Looks for tokens as long as somebody is signed in; keeps no process alive. */
export const watchTokens = (
  { tokens, readers }: { readonly tokens: Tokens; readonly readers: Readers },
  sessions: SessionRegistry,
  pushes: PushChannel,
  onSeen: (tokens: TokenSurvey) => void,
): TokenWatch =>
  createTokenWatch({
    tokens,
    readers,
    isAnybodyThere: () => sessions.isAnybodyThere(),
    send: (messages) => pushes.send(messages),
    onSeen,
    repeat,
  });
