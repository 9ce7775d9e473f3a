import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { nodePrimitives } from '../../../main/adapters/primitives/node.ts';
import type { PathValidation } from '../../../main/domain/x509/path-validation/result.ts';
import { validatePath } from '../../../main/domain/x509/path-validation/validate-path.ts';
import { readCertificateList } from '../../../main/domain/x509/read-certificate-list.ts';
import { vectorBytes, vectorCertificate } from '../reading/vectors.ts';

interface PkitsSettings {
  readonly initial_policy_set?: readonly string[];
  readonly initial_explicit_policy?: boolean;
  readonly initial_policy_mapping_inhibit?: boolean;
  readonly initial_inhibit_any_policy?: boolean;
  readonly expect_user_constrained_policy_set?: readonly string[];
}

interface PkitsCase {
  readonly id: string;
  readonly title: string;
  readonly certs: readonly string[];
  readonly crls: readonly string[];
  readonly expect: 'valid' | 'invalid';
  readonly settings: PkitsSettings;
}

interface PkitsTable {
  readonly policy_oids: Readonly<Record<string, string>>;
  readonly cases: readonly PkitsCase[];
}

const table: PkitsTable = JSON.parse(readFileSync(new URL('../../vectors/pkits/cases.json', import.meta.url), 'utf8'));

const policyOids = (names: readonly string[] = []): string[] => names.map((name) => table.policy_oids[name] ?? name);

function verdict({ certs, crls, settings }: PkitsCase): PathValidation {
  const certificates = certs.map((name) => vectorCertificate(`pkits/certs/${name}`));
  const [anchor] = certificates;
  const target = certificates.at(-1);
  if (anchor === undefined || target === undefined) throw new Error('a case without certificates');
  const request = {
    target,
    anchors: [anchor],
    pool: certificates.slice(1, -1),
    crls: crls.map((name) => readCertificateList(vectorBytes(`pkits/crls/${name}`))),
    time: new Date('2026-01-01T00:00:00Z'),
    requireRevocation: true,
    policies: policyOids(settings.initial_policy_set),
    explicitPolicy: settings.initial_explicit_policy ?? false,
    inhibitMapping: settings.initial_policy_mapping_inhibit ?? false,
    inhibitAny: settings.initial_inhibit_any_policy ?? false,
  };
  return validatePath(request, nodePrimitives);
}

/** DSA was withdrawn with FIPS 186-5; Keyward says so instead of verifying it. */
const unsupported = ['4.1.4', '4.1.5'];

const group = ({ id }: PkitsCase): string => id.split('.').slice(0, 2).join('.');
const groups = [...new Set(table.cases.map(group))];
const verdicts = new Map(table.cases.map((test) => [test, verdict(test)]));
const casesOf = (name: string, expected: 'valid' | 'invalid') =>
  table.cases.filter((test) => group(test) === name && test.expect === expected);
const titles = (cases: readonly PkitsCase[]) => cases.map(({ title }) => title);

describe('PKITS', () => {
  it('is here as a whole: 114 valid and 135 invalid cases in 16 groups', () => {
    const valid = table.cases.filter((test) => test.expect === 'valid').length;
    expect([valid, table.cases.length - valid, groups.length]).toEqual([114, 135, 16]);
  });

  it.each(groups)('group %s: no invalid case is accepted', (name) => {
    const accepted = casesOf(name, 'invalid').filter((test) => verdicts.get(test)?.valid !== false);
    expect(titles(accepted)).toEqual([]);
  });

  it.each(groups)('group %s: every valid case is accepted, but for DSA', (name) => {
    const refused = casesOf(name, 'valid').filter((test) => verdicts.get(test)?.valid !== true);
    expect(titles(refused)).toEqual(titles(casesOf(name, 'valid').filter(({ id }) => unsupported.includes(id))));
  });

  it('accepts 112 of the 114 valid cases, and answers the other two with path.unsupported-algorithm', () => {
    const valid = table.cases.filter((test) => test.expect === 'valid');
    expect(valid.filter((test) => verdicts.get(test)?.valid === true)).toHaveLength(112);
    for (const test of valid.filter(({ id }) => unsupported.includes(id))) {
      expect(verdicts.get(test)?.findings.map(({ code }) => code)).toContain('path.unsupported-algorithm');
    }
  });

  it('finds the policies the suite expects of every valid case that names them', () => {
    const named = table.cases.filter((test) => test.expect === 'valid' && test.settings.expect_user_constrained_policy_set !== undefined);
    for (const test of named) {
      const expected = policyOids(test.settings.expect_user_constrained_policy_set).sort();
      expect(verdicts.get(test)?.policies, test.title).toEqual(expected);
    }
    expect(named.length).toBeGreaterThan(0);
  });

  it.each([
    ['4.1.2', 'path.signature'],
    ['4.2.1', 'path.not-yet-valid'],
    ['4.2.5', 'path.expired'],
    ['4.3.1', 'path.unknown-issuer'],
    ['4.4.1', 'path.revocation-unknown'],
    ['4.4.2', 'path.revoked'],
    ['4.6.1', 'path.not-authority'],
    ['4.6.5', 'path.too-long'],
    ['4.7.1', 'path.key-usage'],
    ['4.8.4', 'path.policy'],
    ['4.13.2', 'path.name-constraint'],
    ['4.14.3', 'path.revocation-unknown'],
    ['4.16.2', 'path.unknown-critical-extension'],
  ])('case %s is refused for its own reason: %s', (id, code) => {
    const refused = table.cases.filter((test) => test.id === id && test.expect === 'invalid');
    expect(refused.length).toBeGreaterThan(0);
    for (const test of refused) expect(verdicts.get(test)?.findings.map((finding) => finding.code)).toContain(code);
  });
});
