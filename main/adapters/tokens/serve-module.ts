import { AppError } from '../../domain/errors.ts';
import { isTpm } from '../../domain/token/abilities.ts';
import { openPkcs11Module, type Pkcs11Module } from '../../../native/pkcs11/index.ts';
import type { Pkcs11Session } from '../../../native/pkcs11/session.ts';
import {
  asAdministrator,
  destroyByManagementKey,
  generateByManagementKey,
  importByManagementKey,
  usedKeyIds,
  writeByManagementKey,
} from './by-management-key.ts';
import { clearFragments } from './fragments.ts';
import { HeldKey } from './held-key.ts';
import { importKey } from './import-key.ts';
import { initializeToken } from './initialize-token.ts';
import { loggedIn, tryingPin, withSession } from './logged-in.ts';
import { changePin, unblock, wipe } from './change-pin.ts';
import { typedAtReader } from './pin-pad.ts';
import type { KeysRequest, ModuleAnswers, ModuleReply, ModuleRequest } from './module-protocol.ts';
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
  const held = new HeldKey();
  return (request) => {
    try {
      const answer = (): Answer => (isOfHeldKey(request) ? performHeld(module, held, request) : perform(module, request));
      return { ok: true, value: isWithoutPin(request) ? typedAtReader(module.get(), request.serialNumber, answer) : answer() };
    } catch (error) {
      return failure(error);
    } finally {
      wipeSecrets(request);
    }
  };
}

/** Logs in with a PIN that has no characters. */
const isWithoutPin = (request: ModuleRequest): request is Extract<ModuleRequest, { pin: Uint8Array; serialNumber: string }> =>
  'pin' in request && 'serialNumber' in request && request.pin.length === 0;

function wipeSecrets(request: ModuleRequest): void {
  if ('pin' in request) request.pin.fill(0);
  if ('newPin' in request) request.newPin.fill(0);
  if ('soPin' in request) request.soPin.fill(0);
  if ('managementKey' in request) request.managementKey?.fill(0);
  if ('newManagementKey' in request) request.newManagementKey.fill(0);
  if (request.kind === 'import') request.order.pkcs8.fill(0);
}

type Answer = ModuleAnswers[keyof ModuleAnswers];

type HeldKeyRequest = Extract<ModuleRequest, { kind: 'hold-key' | 'sign-held' | 'release-key' }>;

const isOfHeldKey = (request: ModuleRequest): request is HeldKeyRequest =>
  request.kind === 'hold-key' || request.kind === 'sign-held' || request.kind === 'release-key';

function performHeld(module: OpenableModule, held: HeldKey, request: HeldKeyRequest): Answer {
  switch (request.kind) {
    case 'hold-key':
      return held.hold(module.get(), request.serialNumber, request.pin, request.key);
    case 'sign-held':
      return held.signEach(request.datas);
    case 'release-key':
      return held.release();
  }
}

function perform(module: OpenableModule, request: Exclude<ModuleRequest, HeldKeyRequest>): Answer {
  if (request.kind === 'survey') return surveyTokens(request.anew ? module.getAnew() : module.get());
  if (request.kind === 'initialize') return initializeToken(module.get(), request);
  if (request.kind === 'change-pin') return changePin(module.get(), request);
  if (request.kind === 'unblock') return unblock(module.get(), request);
  if (request.kind === 'wipe') return wipe(module.get(), request);
  if (request.kind === 'used-key-ids') return withSession(module.get(), request.serialNumber, usedKeyIds);
  if (request.kind === 'replace-management-key') return replaceManagementKey(module.get(), request);
  if (isByManagementKey(request)) return performByManagementKey(module.get(), request);
  if (request.kind === 'generate-opening') {
    const mechanism = openingMechanism(module.get(), slotOf(module.get(), request.serialNumber));
    return loggedIn(module.get(), request.serialNumber, request.pin, (session) => generateOpeningKey(session, mechanism, request.order));
  }
  return loggedIn(module.get(), request.serialNumber, request.pin, (session) => performIn(module.get(), session, request));
}

type ByManagementKey = KeysRequest & { readonly managementKey: Uint8Array };

const isByManagementKey = (request: Exclude<ModuleRequest, HeldKeyRequest>): request is ByManagementKey =>
  'managementKey' in request && request.kind !== 'replace-management-key' && request.managementKey !== undefined;

function performByManagementKey(module: Pkcs11Module, request: ByManagementKey): Answer {
  // Nothing there is made of objects that could be left in pieces.
  if (request.kind === 'clear-fragments') return 0;
  return withSession(module, request.serialNumber, (session, slot) => {
    const logIn = (): void => tryingPin(module, slot, () => session.login('user', request.pin));
    const card = { session, managementKey: request.managementKey, pin: request.pin, logIn };
    switch (request.kind) {
      case 'generate':
        return generateByManagementKey(card, request.order);
      case 'import':
        return importByManagementKey(card, request.order);
      case 'write-certificate':
        writeByManagementKey(card, request.certificate);
        return null;
      case 'destroy':
        return destroyByManagementKey(card, request.ckaId);
    }
  });
}

function replaceManagementKey(
  module: Pkcs11Module,
  { serialNumber, managementKey, newManagementKey }: Extract<ModuleRequest, { kind: 'replace-management-key' }>,
): null {
  return withSession(module, serialNumber, (session) => {
    asAdministrator({ session, managementKey }, () => session.setPin(managementKey, newManagementKey));
    return null;
  });
}

function performIn(
  module: Pkcs11Module,
  session: Pkcs11Session,
  request: Exclude<
    Exclude<ModuleRequest, HeldKeyRequest>,
    {
      kind: 'survey' | 'initialize' | 'change-pin' | 'unblock' | 'wipe' | 'generate-opening' | 'used-key-ids' | 'replace-management-key';
    }
  >,
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
