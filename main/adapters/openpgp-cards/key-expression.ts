import type { CardSecret, RsaSecret } from '../../domain/openpgp/card-key.ts';
import type { CurveSecret } from '../../domain/openpgp/curve-secret.ts';

/** How libgcrypt names the two curves. */
const names = {
  ed25519: { curve: 'Ed25519', flag: 'eddsa' },
  x25519: { curve: 'Curve25519', flag: 'djb-tweak' },
} as const;

/** The key as a canonical S-expression, as scdaemon takes it (WRITEKEY). The caller wipes it. */
export function keyExpression(secret: CardSecret): Buffer {
  const key = secret.curve === null ? rsaExpression(secret) : curveExpression(secret);
  const expression = list('private-key', [key, list('created-at', [atom(String(secret.createdAt))])]);
  key.fill(0);
  return expression;
}

function curveExpression({ curve, point, scalar }: CurveSecret): Buffer {
  const { curve: name, flag } = names[curve];
  return list('ecc', [
    list('curve', [atom(name)]),
    list('flags', [atom(flag)]),
    list('q', [atom(Buffer.concat([Buffer.of(0x40), point]))]),
    list('d', [atom(scalar)]),
  ]);
}

function rsaExpression({ modulus, exponent, privateExponent, p, q, u }: RsaSecret): Buffer {
  const numbers = { n: modulus, e: exponent, d: privateExponent, p, q, u };
  return list(
    'rsa',
    Object.entries(numbers).map(([name, number]) => list(name, [atom(number)])),
  );
}

const atom = (content: string | Uint8Array): Buffer => Buffer.concat([Buffer.from(`${content.length}:`), Buffer.from(content)]);

const list = (head: string, rest: readonly Buffer[]): Buffer => Buffer.concat([Buffer.from('('), atom(head), ...rest, Buffer.from(')')]);
