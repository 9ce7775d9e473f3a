import type { CurveSecret } from '../../domain/openpgp/curve-secret.ts';

/** How libgcrypt names the two curves. */
const names = {
  ed25519: { curve: 'Ed25519', flag: 'eddsa' },
  x25519: { curve: 'Curve25519', flag: 'djb-tweak' },
} as const;

/** The key as a canonical S-expression, as scdaemon takes it (WRITEKEY). The caller wipes it. */
export function keyExpression({ curve, point, scalar, createdAt }: CurveSecret): Buffer {
  const { curve: name, flag } = names[curve];
  return Buffer.concat([
    list('private-key', [
      list('ecc', [
        list('curve', [atom(name)]),
        list('flags', [atom(flag)]),
        list('q', [atom(Buffer.concat([Buffer.of(0x40), point]))]),
        list('d', [atom(scalar)]),
      ]),
      list('created-at', [atom(String(createdAt))]),
    ]),
  ]);
}

const atom = (content: string | Uint8Array): Buffer => Buffer.concat([Buffer.from(`${content.length}:`), Buffer.from(content)]);

const list = (head: string, rest: readonly Buffer[]): Buffer => Buffer.concat([Buffer.from('('), atom(head), ...rest, Buffer.from(')')]);
