import { AppError } from '../../domain/errors.ts';
import type { TokenAddress, TokenSignature, TokenSigner } from '../../ports/tokens.ts';
import type { ModuleProcess } from './module-process.ts';

/** Milliseconds a driver has to log out before its process is ended: that ends the login as well. */
const farewell = 2_000;
/** Signatures to a question: to ask costs as much as a sixth of an RSA signature in software. A key that is closed meanwhile ends with its process. */
const atATime = 16;
/** Of the time that one signature may take, what each further one of a question adds: the first waits for whatever the token does besides. */
const shareOfFurther = 1 / 6;

/** A key that a process of its own holds logged in; the process ends with it. @throws AppError as `Tokens.openSigner` */
export async function openSigner(
  process: ModuleProcess,
  milliseconds: number,
  { serialNumber }: TokenAddress,
  pin: Uint8Array,
  key: Omit<TokenSignature, 'data'>,
): Promise<TokenSigner> {
  let isOpen = true;
  /** What failed once is asked no more: a process that ended comes back with nobody logged in. */
  const endedBy = (error: unknown): unknown => {
    isOpen = false;
    process.close();
    return error;
  };
  try {
    await process.call({ kind: 'hold-key', serialNumber, pin, key }, milliseconds);
  } catch (error) {
    throw endedBy(error);
  }
  const ask = async (datas: readonly Uint8Array[]): Promise<readonly Uint8Array[]> => {
    if (!isOpen) throw new AppError('token.key-not-open', 'This key of a token is not open any more.', { token: serialNumber });
    try {
      return await process.call({ kind: 'sign-held', datas }, milliseconds * (1 + shareOfFurther * (datas.length - 1)));
    } catch (error) {
      throw endedBy(error);
    }
  };
  return {
    get isOpen() {
      return isOpen;
    },
    async sign(data) {
      const [signature = new Uint8Array()] = await ask([data]);
      return signature;
    },
    async each(datas) {
      const signatures: Uint8Array[] = [];
      for (let from = 0; from < datas.length; from += atATime) signatures.push(...(await ask(datas.slice(from, from + atATime))));
      return signatures;
    },
    close() {
      if (!isOpen) return;
      isOpen = false;
      process.call({ kind: 'release-key' }, farewell).then(
        () => process.close(),
        () => process.close(),
      );
    },
  };
}
