import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { auditActions } from '../../main/domain/audit/action.ts';
import { contract } from '../../main/contract/contract.ts';
import type { Call } from '../../main/contract/call.ts';

const calls = Object.entries(contract).flatMap(([area, members]) =>
  Object.entries<Call>(members).map(([name, call]): [string, Call] => [`${area}.${name}`, call]),
);

function describeCall([name, call]: readonly [string, Call]): string {
  if (call.verb === 'push') return `push ${name}`;
  const access = typeof call.access === 'string' ? call.access : call.access.join(', ');
  const schema = z.toJSONSchema(call.input, { unrepresentable: 'any', io: 'input' });
  return `${call.verb} ${name} (${access})${call.audit === undefined ? '' : ` logs ${call.audit}`}\n${JSON.stringify(schema, null, 1)}`;
}

describe('the contract', () => {
  it('is exactly what was reviewed: a wider attack surface shows here', async () => {
    await expect(`${calls.map(describeCall).join('\n\n')}\n`).toMatchFileSnapshot('contract.snapshot.txt');
  });

  it('gives every command an audit action of the closed list', () => {
    const without = calls.filter(([, call]) => call.verb === 'command' && !auditActions.includes(call.audit));
    expect(without).toEqual([]);
  });

  it('lets nobody in without a session but for the pure tools and the door itself', () => {
    const open = calls.filter(([, call]) => call.verb !== 'push' && typeof call.access === 'string').map(([name]) => name);
    expect(open).toEqual([
      'backup.restore',
      'certificates.inspect',
      'certificates.verifyChain',
      'certificates.ocspCheck',
      'certificates.lint',
      'device.run',
      'device.presign',
      'session.signIn',
      'session.cards',
      'session.signInWithCard',
      'session.recover',
      'session.confirm',
      'tools.checkKey',
      'tools.listPkcs12',
      'tools.verifyCms',
      'tools.verifyMail',
      'tools.decryptCms',
      'tools.signCms',
      'tools.encryptCms',
      'tools.inspectOpenPgp',
      'tools.verifyOpenPgp',
      'tools.decryptOpenPgp',
      'tools.verifyNote',
      'tools.verifyInclusion',
      'tools.verifyConsistency',
      'tools.verifyExportedLog',
      'tools.verifySelection',
      'tools.checkCrl',
      'workspace.status',
      'workspace.init',
    ]);
  });

  it('refuses members a call does not know', () => {
    for (const [name, call] of calls) {
      if (call.verb === 'push') continue;
      const result = call.input.safeParse({ smuggled: true });
      expect(result.success, name).toBe(false);
      expect(
        result.error?.issues.some(({ code }) => code === 'unrecognized_keys'),
        name,
      ).toBe(true);
    }
  });
});
