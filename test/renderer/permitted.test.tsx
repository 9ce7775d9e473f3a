import { screen } from '@testing-library/react';
import { describe, expect, it, test } from 'vitest';
import { roles, type Role } from '../../main/domain/access/role.ts';
import { losesAccess } from '../../renderer/features/operators/role-words.ts';
import { placesFor } from '../../renderer/shell/navigation.ts';
import { Permitted } from '../../renderer/shell/permitted.tsx';
import type { RouteName } from '../../renderer/state/navigation.ts';
import { RoleContext } from '../../renderer/state/role.ts';
import { useQuery } from '../../renderer/state/use-query.ts';
import { show, standInForLayout, stubCore } from './support/render.tsx';

standInForLayout();

const all = new Set<RouteName>([
  'overview',
  'people',
  'enrol',
  'cards',
  'certificates',
  'authorities',
  'profiles',
  'operators',
  'backup',
  'audit',
]);
const missingFor = (role: Role): string[] => {
  const offered = new Set<string>(placesFor(all, role).flatMap((group) => group.map(({ route }) => route.name)));
  return [...all].filter((name) => !offered.has(name));
};

describe('places of the side bar', () => {
  it.each([
    ['administrator', []],
    ['registrar', ['operators']],
    ['security-officer', ['enrol', 'operators']],
    ['auditor', ['enrol']],
    ['staff', ['overview', 'people', 'enrol', 'certificates', 'profiles', 'operators', 'backup', 'audit']],
  ] as const)('for a %s lack only what the role has not', (role, missing) => {
    expect(missingFor(role)).toEqual(missing);
  });
});

test('what leads to a call is there only for who may make it', () => {
  const button = (
    <Permitted call="certificates.revoke">
      <button type="button">Revoke</button>
    </Permitted>
  );
  for (const role of roles) {
    const shown = show(<RoleContext value={role}>{button}</RoleContext>);
    expect(screen.queryAllByRole('button', { name: 'Revoke' }), role).toHaveLength(
      role === 'administrator' || role === 'security-officer' ? 1 : 0,
    );
    shown.unmount();
  }
});

test('a role that opens less is told apart from one that opens as much or more', () => {
  expect(losesAccess('registrar', 'auditor')).toBe(true);
  expect(losesAccess('registrar', 'security-officer')).toBe(true);
  expect(losesAccess('auditor', 'registrar')).toBe(false);
  expect(losesAccess('registrar', 'administrator')).toBe(false);
});

test('what a role may not ask is not asked, and what everybody may is', () => {
  const core = stubCore(() => new Promise(() => undefined));
  const Asking = () => {
    const isLoading = [useQuery('people.list', {}), useQuery('tokens.list', {}), useQuery('workspace.status', {})].map(
      (query) => query.isLoading,
    );
    return <p>{isLoading.join(' ')}</p>;
  };
  show(
    <RoleContext value="staff">
      <Asking />
    </RoleContext>,
    core.api,
  );
  expect(core.asked.map(({ name }) => name)).toEqual(['tokens.list', 'workspace.status']);
  expect(screen.getByText('false true true')).toBeDefined();
});
