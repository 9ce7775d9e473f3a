import { AppError } from '../../domain/errors.ts';
import { isTpm } from '../../domain/token/abilities.ts';
import { openPkcs11Module, type Pkcs11Module } from '../../../native/pkcs11/index.ts';
import type { Pkcs11Session } from '../../../native/pkcs11/session.ts';
import { clearFragments } from './fragments.ts';
import { importKey } from './import-key.ts';
import { initializeToken } from './initialize-token.ts';
import { loggedIn } from './logged-in.ts';
import { changePin, unblock, wipe } from './change-pin.ts';
import type { ModuleAnswers, ModuleReply, ModuleRequest } from './module-protocol.ts';
import { generateOpeningKey, openWith, openingKeysOf, openingMechanism } from './opening-keys.ts';
import { slotOf, surveyTokens } from './survey-tokens.ts';
import { destroyObjects, generateKeyPair, objectsOf, signData, writeCertificate } from './token-objects.ts';

/** A library in the process that exists for it: opened when it is first needed, and anew where that shows more. */
class OpenableModule {
  readonly #library: string;
  #open: Pkcs11Module | undefined;

  constructor(library: string) {
    this.#library = library;
  }

  get(): Pkcs11Module {
    return (this.#open ??= openPkcs11Module(this.#library));
  }

  getAnew(): Pkcs11Module {
    const open = this.#open;
    this.#open = undefined;
    open?.close();
    return this.get();
  }
}

/** Answers requests to one library; whatever goes wrong is in the reply. */
export function serveModule(library: string): (request: ModuleRequest) => ModuleReply {
  const module = new OpenableModule(library);
  return (request) => {
    try {
      return { ok: true, value: perform(module, request) };
    } catch (error) {
      return failure(error);
    } finally {
      wipeSecrets(request);
    }
  };
}

function wipeSecrets(request: ModuleRequest): void {
  if ('pin' in request) request.pin.fill(0);
  if ('newPin' in request) request.newPin.fill(0);
  if ('soPin' in request) request.soPin.fill(0);
  if (request.kind === 'import') request.order.pkcs8.fill(0);
}

type Answer = ModuleAnswers[keyof ModuleAnswers];

function perform(module: OpenableModule, request: ModuleRequest): Answer {
  if (request.kind === 'survey') return surveyTokens(request.anew ? module.getAnew() : module.get());
  if (request.kind === 'initialize') return initializeToken(module.get(), request);
  if (request.kind === 'change-pin') return changePin(module.get(), request);
  if (request.kind === 'unblock') return unblock(module.get(), request);
  if (request.kind === 'wipe') return wipe(module.get(), request);
  if (request.kind === 'generate-opening') {
    const mechanism = openingMechanism(module.get(), slotOf(module.get(), request.serialNumber));
    return loggedIn(module.get(), request.serialNumber, request.pin, (session) => generateOpeningKey(session, mechanism, request.order));
  }
  return loggedIn(module.get(), request.serialNumber, request.pin, (session) => performIn(module.get(), session, request));
}

function performIn(
  module: Pkcs11Module,
  session: Pkcs11Session,
  request: Exclude<ModuleRequest, { kind: 'survey' | 'initialize' | 'change-pin' | 'unblock' | 'wipe' | 'generate-opening' }>,
): Answer {
  switch (request.kind) {
    case 'check-pin':
      return null;
    case 'generate':
      return generateKeyPair(session, request.order, request.pin, { signsByDecrypting: isTpm(module.info().description) });
    case 'import':
      return importKey(session, request.order, request.pin);
    case 'opening-keys':
      return openingKeysOf(session);
    case 'open':
      return openWith(session, request.order, request.pin);
    case 'sign':
      return signData(session, request.order, request.pin);
    case 'write-certificate':
      writeCertificate(session, request.certificate);
      return null;
    case 'objects':
      return objectsOf(session, request.ckaId);
    case 'destroy':
      return destroyObjects(session, request.ckaId);
    case 'clear-fragments':
      return clearFragments(session);
  }
}

function failure(error: unknown): ModuleReply {
  if (error instanceof AppError) return { ok: false, code: error.code, message: error.message, details: error.details };
  return { ok: false, code: 'internal', message: 'A call to the driver of a token was made wrongly.', details: {} };
}
