import { AppError } from '../../domain/errors.ts';
import { placeNames } from '../../domain/piv/key-places.ts';
import type { TokenAddress, TokenCertificate, TokenLogin, Tokens } from '../../ports/tokens.ts';

/** Whether so many octets still fit on a card; undefined where it cannot be told. */
type AskRoom = (token: TokenAddress, managementKey: Uint8Array, octets: number) => Promise<boolean | undefined>;

/** No certificate that Keyward issues is shorter: where not even so much fits, no key can be put to use. */
const certificateOctets = 600;

interface Meant {
  readonly ckaId: Uint8Array;
  readonly octets: number;
}

/**
 * Keys and certificates put on PIV cards, whose driver has one word for all that a card refuses: one without room is found by asking it, and
 * is token.full with the places that are taken. Whatever else it was stays what the driver said.
 */
export function tellingFull(tokens: Tokens, ask: AskRoom): Pick<Tokens, 'generateKeyPair' | 'importKey' | 'writeCertificate'> {
  const telling = async <T>(token: TokenAddress, login: TokenLogin, meant: Meant, act: () => Promise<T>): Promise<T> => {
    try {
      return await act();
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'token.device-failed' || !(await isWithoutRoom(ask, token, login, meant)))
        throw error;
      throw await full(tokens, token, meant, error);
    }
  };
  return {
    generateKeyPair: async (token, login, order) =>
      telling(token, login, needed(order.ckaId), async () => tokens.generateKeyPair(token, login, order)),
    importKey: async (token, login, order) =>
      telling(token, login, needed(order.ckaId, order.certificate), async () => tokens.importKey(token, login, order)),
    writeCertificate: async (token, login, certificate) =>
      telling(token, login, needed(certificate.ckaId, certificate), async () => tokens.writeCertificate(token, login, certificate)),
  };
}

const needed = (ckaId: Uint8Array, certificate?: TokenCertificate): Meant => ({
  ckaId,
  octets: certificate?.der.length ?? certificateOctets,
});

async function isWithoutRoom(ask: AskRoom, token: TokenAddress, { managementKey }: TokenLogin, { octets }: Meant): Promise<boolean> {
  try {
    return managementKey !== undefined && (await ask(token, managementKey, octets)) === false;
  } catch {
    // Then nobody knows, and what the driver said stands.
    return false;
  }
}

/** What is half on it in the place that was meant is not named. */
async function full(tokens: Tokens, token: TokenAddress, { ckaId: meant }: Meant, cause: AppError): Promise<AppError> {
  const used = await tokens.usedKeyIds(token).catch(() => []);
  const others = new Set(used.flatMap((ckaId) => (ckaId.length === 1 && ckaId[0] !== meant[0] ? [...ckaId] : [])));
  const places = placeNames([...others].toSorted((one, other) => one - other));
  const details = places === '' ? cause.details : { ...cause.details, places };
  return new AppError('token.full', 'The card has no room left.', details, { cause });
}
