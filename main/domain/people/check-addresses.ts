import { repairAddress } from './address-repair.ts';
import { isUnreadable } from './check-cells.ts';
import { finding, type Finding } from './finding.ts';
import { knownPerson, type ListedPerson, type ListSurvey } from './list-survey.ts';
import { isOneEditApart } from './one-edit.ts';
import { areStrangers } from './person-name.ts';
import { comparableAddress, type RowAddress } from './staff-member.ts';

/** A domain may be the misspelling of a usual one when it has so many times fewer rows. */
const timesFewer = 3;

/** What is wrong with the addresses of a row: none, no address, somebody else's, or not likely to be meant. */
export function checkAddresses(person: ListedPerson, survey: ListSurvey): Finding[] {
  const findings = person.addresses.flatMap((address) => checkAddress(address, person, survey) ?? []);
  return person.main === undefined ? [finding('fix', 'address-missing', 'email', ''), ...findings] : findings;
}

function checkAddress(address: RowAddress, person: ListedPerson, survey: ListSurvey): Finding | undefined {
  if (address.mailbox === undefined) return checkMalformed(address, person, survey);
  return checkOwner(address, person, survey) ?? checkDomain(address, person, survey) ?? checkScripts(address);
}

/** A cell that cannot be read is named as a whole already. */
function checkMalformed({ column, text, reason }: RowAddress, { row }: ListedPerson, survey: ListSurvey): Finding | undefined {
  const cell = row.fields[column] ?? '';
  if (isUnreadable(column, cell)) return undefined;
  const repaired = repairAddress(text, survey.usualDomains);
  const repair = repaired === undefined ? undefined : cell.replace(text, () => repaired);
  return finding('fix', 'address-malformed', column, text, { params: { reason }, repair });
}

function checkOwner(address: RowAddress, { row, member }: ListedPerson, survey: ListSurvey): Finding | undefined {
  const owner = survey.owners.get(comparableAddress(address));
  if (owner !== undefined && owner.row !== row) {
    return finding('fix', 'address-repeated', address.column, address.text, { params: { row: owner.row.row, name: owner.member.name } });
  }
  const known = knownPerson(survey, address);
  if (known === undefined || !areStrangers(known.name, member.name)) return undefined;
  return finding('fix', 'address-of-another', address.column, address.text, { params: { personId: known.id, name: known.name } });
}

function checkDomain({ column, text, mailbox }: RowAddress, { row }: ListedPerson, survey: ListSurvey): Finding | undefined {
  const domain = mailbox?.domain ?? '';
  const count = Math.max(survey.domains.get(domain) ?? 0, 1);
  const usual = survey.usualDomains.find(
    (other) => (survey.domains.get(other) ?? 0) >= count * timesFewer && isOneEditApart(domain, other),
  );
  if (usual === undefined) return undefined;
  const repair = (row.fields[column] ?? '').replace(text, () => `${mailbox?.localPart ?? ''}@${usual}`);
  return finding('look', 'address-domain-unusual', column, text, { params: { domain, usual }, repair });
}

function checkScripts({ column, text, mailbox }: RowAddress): Finding | undefined {
  const localPart = mailbox?.localPart ?? '';
  const isMixed = /\p{Script=Latin}/u.test(localPart) && /[\p{Script=Cyrillic}\p{Script=Greek}]/u.test(localPart);
  return isMixed ? finding('look', 'address-mixed-scripts', column, text) : undefined;
}
