import { AppError } from '../../domain/errors.ts';
import { openPkcs11Module, type Pkcs11Module } from '../../../native/pkcs11/index.ts';
import { surveyTokens } from './module-calls.ts';
import type { ModuleAnswers, ModuleReply, ModuleRequest } from './module-protocol.ts';

/** A library in the process that exists for it: opened when it is first needed, and anew where that shows more. */
class OpenableModule {
  readonly #library: string;
  #open: Pkcs11Module | undefined;

  constructor(library: string) {
    this.#library = library;
  }

  get(anew: boolean): Pkcs11Module {
    if (anew) this.#close();
    return (this.#open ??= openPkcs11Module(this.#library));
  }

  #close(): void {
    const open = this.#open;
    this.#open = undefined;
    open?.close();
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
    }
  };
}

function perform(module: OpenableModule, request: ModuleRequest): ModuleAnswers[keyof ModuleAnswers] {
  return surveyTokens(module.get(request.anew));
}

function failure(error: unknown): ModuleReply {
  if (error instanceof AppError) return { ok: false, code: error.code, message: error.message, details: error.details };
  return { ok: false, code: 'internal', message: 'A call to the driver of a token was made wrongly.', details: {} };
}
