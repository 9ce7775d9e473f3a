import { describe, expect, it } from 'vitest';
import { leavesOnceProved, requireMayLeave, type HandedOverKey } from '../../../main/domain/key/leaves-vault.ts';

const signing: HandedOverKey = { id: 'k', usage: 'sign', state: 'active', store: 'vault', personId: 'ada' };

describe('the vault’s copy of a private key', () => {
  it('may go once it signs only and its hand-over is proved', () => {
    expect(() => requireMayLeave(signing, true)).not.toThrow();
    expect(() => requireMayLeave({ ...signing, state: 'deactivated' }, true)).not.toThrow();
    expect(leavesOnceProved(signing)).toBe(true);
  });

  it.each<[string, Partial<HandedOverKey>, boolean]>([
    ['unproved', {}, false],
    ['decrypts', { usage: 'encrypt' }, true],
    ['decrypts', { usage: 'dual' }, true],
    ['authority', { usage: 'authority' }, true],
    ['authority', { usage: 'revocation' }, true],
    ['authority', { personId: null }, true],
    ['elsewhere', { store: 'token' }, true],
    ['state', { state: 'destroyed' }, true],
  ])('stays otherwise: %s', (rule, more, isProved) => {
    expect(() => requireMayLeave({ ...signing, ...more }, isProved)).toThrow(
      expect.objectContaining({ code: 'conflict', details: { what: 'key', id: 'k', rule } }),
    );
  });
});
