import { screen, within } from '@testing-library/react';
import { describe, expect, test } from 'vitest';
import type { AuthoritySummary } from '../../main/contract/authorities.ts';
import { AuthorityBranch } from '../../renderer/features/authorities/authority-branch.tsx';
import { listsNotice } from '../../renderer/features/authorities/lists-notice.ts';
import { NewAuthorityDialog } from '../../renderer/features/authorities/new-authority-dialog.tsx';
import { offlineParents, possibleParents } from '../../renderer/features/authorities/new-authority.ts';
import { authorityTree, type AuthorityNode } from '../../renderer/features/authorities/tree.ts';
import { show, standInForLayout } from './support/render.tsx';
import { authority, listUntil } from './support/sample-authorities.ts';

standInForLayout();

const now = new Date('2026-11-23T09:22:30');
const offline = { keyStore: 'offline' } as const;

/** Identifiers: the authority, its earlier keys, those below. */
type Outline = readonly [string, readonly string[], readonly Outline[]];
const outline = ({ authority: { id }, earlier, below }: AuthorityNode): Outline => [id, earlier.map((key) => key.id), below.map(outline)];
const outlineOf = (...authorities: readonly AuthoritySummary[]) => authorityTree(authorities).map(outline);

describe('the tree of authorities', () => {
  test('has each under the one that vouches for it; nobody is lost whose parent is missing', () => {
    expect(outlineOf(authority('issuing', 'root'), authority('root'), authority('stray', 'gone'))).toEqual([
      ['root', [], [['issuing', [], []]]],
      ['stray', [], []],
    ]);
  });

  test('has the keys of one name in one place, with what any of them signed', () => {
    const keys = [authority('root'), authority('root2', null, { replaces: 'root' }), authority('root3', null, { replaces: 'root2' })];
    const issuing = [authority('issuing', 'root'), authority('issuing2', 'root3', { replaces: 'issuing' })];
    expect(outlineOf(...keys, ...issuing)).toEqual([['root3', ['root2', 'root'], [['issuing2', ['issuing'], []]]]]);
  });

  test('offers only the newest key of a name to sign another authority', () => {
    const keys = [authority('root'), authority('root2', null, { replaces: 'root' })];
    expect(possibleParents(keys).map(({ id }) => id)).toEqual(['root2']);
  });

  test('offers nobody whose key is offline to sign another authority, and says so', async () => {
    const all = [
      authority('here'),
      authority('away', null, offline),
      authority('ended', null, { ...offline, revokedAt: '2026-01-01T00:00:00Z' }),
    ];
    expect([possibleParents(all).map(({ id }) => id), offlineParents(all)]).toEqual([['here'], ['away']]);
    show(<NewAuthorityDialog authorities={all} onClose={() => undefined} />);
    expect(await screen.findByText('Offline, so it cannot sign here: away. Bring its key back first.')).toBeTruthy();
  });
});

describe('what is said of the lists', () => {
  const root = authority('root');

  test.each([
    ['none yet', null, 'soon'],
    ['run out', listUntil('2026-11-22T12:00:00Z'), 'stopped'],
    ['about to run out', listUntil('2026-11-24T12:00:00Z'), 'soon'],
  ])('is in time: %s', (_, latestList, state) => {
    expect(listsNotice([root, authority('issuing', 'root', { latestList })], now)?.state).toBe(state);
  });

  test('is nothing while every list is good', () => {
    expect(listsNotice([root, authority('away', null, offline)], now)).toBeUndefined();
  });

  test('names those that have none, where others have', () => {
    const without = authority('Clinics', 'root', { latestList: null });
    expect(listsNotice([root, without], now)?.title).toBe('No list of revoked certificates was made yet for Clinics.');
    expect(listsNotice([without], now)?.title).toBe('No list of revoked certificates was made yet.');
  });

  test('names whoever owes one, and that publishing alone does not make it', () => {
    const owing = authority('Old Root', null, { ...offline, isListOwed: true });
    const notice = listsNotice([owing, root], now);
    expect(notice).toMatchObject({ state: 'soon', title: 'Old Root owes a list of revoked certificates.' });
    expect(notice?.text).toContain('Bring the key back');
    expect(listsNotice([owing, { ...owing, name: 'Other' }], now)?.title).toBe(
      '2 authorities owe a list of revoked certificates: Old Root, Other.',
    );
  });

  test('is grave where the one that is owed has run out, and says what can be published first', () => {
    const owing = authority('Old Root', null, { ...offline, isListOwed: true, latestList: listUntil('2026-11-22T12:00:00Z') });
    expect(listsNotice([owing, root], now)).toMatchObject({ state: 'stopped', title: expect.stringContaining('Old Root owes') });
    const over = authority('issuing', 'root', { latestList: listUntil('2026-11-22T12:00:00Z') });
    expect(listsNotice([owing, over], now)?.text).toContain('Publish it now');
  });

  test('comes earlier where the list has to be carried', () => {
    const latestList = listUntil('2026-12-01T12:00:00Z');
    expect(listsNotice([authority('Root', null, { latestList })], now)).toBeUndefined();
    expect(listsNotice([authority('Root', null, { ...offline, latestList })], now)?.title).toContain('Root runs out');
  });
});

describe('a card', () => {
  const keys = [
    authority('Root'),
    authority('Root (2)', null, { replaces: 'Root', ocspUrl: 'http://pki.example/ocsp' }),
    authority('Issuing', 'Root', { issuesToPeople: false, replaces: null }),
  ];
  const showTree = (all: readonly AuthoritySummary[]) =>
    show(
      <ul>
        {authorityTree(all).map((node) => (
          <AuthorityBranch key={node.authority.id} node={node} all={all} onAct={() => undefined} />
        ))}
      </ul>,
    );

  test('marks the key that was followed, and offers only the newest to issue', () => {
    showTree([...keys, authority('Issuing (2)', 'Root (2)', { issuesToPeople: false, replaces: 'Issuing' })]);
    expect(screen.getByRole('region', { name: 'Root (2)' }).textContent).toContain('took over from Root');
    expect(screen.getByRole('region', { name: 'Root' }).textContent).toContain('Root (2) has taken over.');
    expect(screen.getAllByRole('button', { name: /to people from now on/ }).map((button) => button.getAttribute('aria-label'))).toEqual([
      'Let it issue: Issuing (2), to people from now on',
    ]);
    expect(screen.getByRole('region', { name: 'Issuing' }).textContent).toContain('Signed byRoot');
  });

  test('says where OCSP is answered, and where it is not', () => {
    showTree(keys);
    expect(within(screen.getByRole('region', { name: 'Root (2)' })).getByText('http://pki.example/ocsp')).toBeTruthy();
    expect(within(screen.getByRole('region', { name: 'Issuing' })).getByText('None: others look at the list')).toBeTruthy();
  });

  test('says that the key is offline and its list owed, and what to do', () => {
    showTree([authority('Root', null, { ...offline, isListOwed: true })]);
    expect(screen.getByText('Key kept offline')).toBeTruthy();
    expect(screen.getByText(/it does not say what happened since/)).toBeTruthy();
    expect(screen.getByText(/take in a list that was signed where the key is/)).toBeTruthy();
  });

  test('says nothing of the kind of a key that is here', () => {
    showTree([authority('Root')]);
    expect(screen.queryByText('Key kept offline')).toBeNull();
    expect(screen.queryByText(/is owed/)).toBeNull();
  });
});
