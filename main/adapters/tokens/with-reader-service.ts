import { AppError, type ErrorCode } from '../../domain/errors.ts';
import { isCardDriver } from '../../domain/token/known-cards.ts';
import { serviceFault } from '../../domain/token/reader-health.ts';
import type { Readers } from '../../ports/readers.ts';
import type { ModuleReport, TokenAddress, Tokens } from '../../ports/tokens.ts';

/** What drivers say when nobody answers them any more: they know of no reader service. */
const unexplained: ReadonlySet<ErrorCode> = new Set(['token.absent', 'token.removed', 'token.device-failed']);

const isUnexplained = ({ name, error }: ModuleReport): boolean => error !== null && unexplained.has(error.code) && isCardDriver(name);

/** Tokens whose acts, where they fail because the reader service has ended, say so: taking the card out would help nobody. */
export function withReaderService(tokens: Tokens, readers: Pick<Readers, 'survey'>): Tokens {
  const explained =
    <A extends readonly unknown[], T>(act: (token: TokenAddress, ...given: A) => Promise<T>) =>
    async (token: TokenAddress, ...given: A): Promise<T> => {
      try {
        return await act(token, ...given);
      } catch (error) {
        if (!(error instanceof AppError) || !unexplained.has(error.code) || !isCardDriver(token.module)) throw error;
        const fault = serviceFault((await readers.survey()).service);
        throw fault === undefined ? error : new AppError(fault, 'The service that talks to readers does not run.', {}, { cause: error });
      }
    };
  return {
    ...tokens,
    survey: async () => {
      const survey = await tokens.survey();
      if (!survey.modules.some(isUnexplained)) return survey;
      const fault = serviceFault((await readers.survey()).service);
      if (fault === undefined) return survey;
      const explain = (report: ModuleReport): ModuleReport =>
        isUnexplained(report) ? { ...report, error: { code: fault, details: {} } } : report;
      return { ...survey, modules: survey.modules.map(explain) };
    },
    checkPin: explained(tokens.checkPin),
    changePin: explained(tokens.changePin),
    unblock: explained(tokens.unblock),
    generateKeyPair: explained(tokens.generateKeyPair),
    importKey: explained(tokens.importKey),
    sign: explained(tokens.sign),
    openSigner: explained(tokens.openSigner),
    open: explained(tokens.open),
    writeCertificate: explained(tokens.writeCertificate),
  };
}
