import {
  IconAddressBook,
  IconBan,
  IconBuildingBank,
  IconCertificate,
  IconCertificateOff,
  IconDatabaseExport,
  IconDatabaseImport,
  IconDeviceUsb,
  IconEye,
  IconFileExport,
  IconFileX,
  IconHome,
  IconKey,
  IconListDetails,
  IconLock,
  IconMailCog,
  IconPlayerPause,
  IconPlayerPlay,
  IconRefresh,
  IconTemplate,
  IconUserMinus,
  IconUserPlus,
  IconUserShield,
  IconX,
  type Icon,
} from '@tabler/icons-react';
import type { AuditEntryView } from '../../../main/contract/audit.ts';
import type { AuditAction } from '../../../main/domain/audit/action.ts';
import { Sentence } from '../../i18n/sentence.tsx';
import { formatNumber } from '../../i18n/translate.ts';
import type { LogEntry } from '../../ui/log-entry.ts';
import { PersonName } from '../../ui/person-name.tsx';
import { entryWords, whoDid, type Told } from './entry-words.ts';

const icons: Readonly<Record<AuditAction, Icon>> = {
  'workspace.init': IconHome,
  'session.sign-in': IconKey,
  'session.lock': IconLock,
  'session.recover': IconKey,
  'operator.add': IconUserShield,
  'operator.role': IconUserShield,
  'operator.remove': IconUserMinus,
  'people.import': IconAddressBook,
  'people.add': IconUserPlus,
  'people.leave': IconUserMinus,
  'enrollment.start': IconUserPlus,
  'enrollment.issue': IconCertificate,
  'enrollment.resume': IconRefresh,
  'enrollment.cancel': IconBan,
  'enrollment.finish': IconCertificate,
  'certificate.renew': IconRefresh,
  'certificate.revoke': IconCertificateOff,
  'certificate.suspend': IconPlayerPause,
  'certificate.resume': IconPlayerPlay,
  'certificate.request': IconFileExport,
  'certificate.request-withdraw': IconFileX,
  'certificate.accept': IconCertificate,
  'certificate.export': IconFileExport,
  'key.export': IconFileExport,
  'key.add-compromised': IconBan,
  'openpgp.generate': IconCertificate,
  'openpgp.export': IconFileExport,
  'openpgp.export-secret': IconFileExport,
  'openpgp.export-revocation': IconCertificateOff,
  'mail.export': IconMailCog,
  'token.initialize-begin': IconDeviceUsb,
  'token.initialize': IconDeviceUsb,
  'token.change-pin-begin': IconDeviceUsb,
  'token.change-pin': IconDeviceUsb,
  'token.unblock-begin': IconDeviceUsb,
  'token.unblock': IconDeviceUsb,
  'token.lost': IconDeviceUsb,
  'token.found': IconDeviceUsb,
  'token.import-begin': IconDeviceUsb,
  'token.import': IconDeviceUsb,
  'token.wipe-begin': IconDeviceUsb,
  'token.wipe': IconDeviceUsb,
  'token.begin': IconDeviceUsb,
  'token.enroll': IconDeviceUsb,
  'token.settle': IconDeviceUsb,
  'token.reconcile': IconDeviceUsb,
  'profile.add': IconTemplate,
  'profile.edit': IconTemplate,
  'authority.sign-request': IconCertificate,
  'authority.import': IconBuildingBank,
  'authority.crl': IconListDetails,
  'authority.publish': IconListDetails,
  'authority.renew-lists': IconListDetails,
  'audit.read': IconEye,
  'audit.export': IconFileExport,
  'backup.key': IconKey,
  'backup.begin': IconDatabaseExport,
  'backup.create': IconDatabaseExport,
  'backup.verify': IconDatabaseExport,
  'backup.schedule': IconDatabaseExport,
  'backup.remove': IconDatabaseExport,
  'backup.restore': IconDatabaseImport,
  'backup.restored': IconDatabaseImport,
  'audit.keep-checkpoints': IconFileExport,
  'audit.rollback': IconBan,
  'audit.explain-rollback': IconEye,
  'authority.create': IconBuildingBank,
  'authority.use': IconBuildingBank,
  'authority.rollover': IconBuildingBank,
  'authority.request': IconBuildingBank,
  'authority.request-withdraw': IconFileX,
  'authority.certify': IconBuildingBank,
  'authority.accept': IconBuildingBank,
  'authority.key-export': IconKey,
  'authority.take-offline': IconBuildingBank,
  'authority.bring-back': IconBuildingBank,
  'authority.list-import': IconListDetails,
  'authority.ocsp': IconListDetails,
  'authority.ocsp-address': IconListDetails,
};

/** What an entry says, every name in its own language. */
export function EntryTitle({ entry }: { readonly entry: Told }) {
  const { of, with: values } = entryWords(entry);
  const named = Object.fromEntries(
    Object.entries(values).map(([place, value]) => [
      place,
      (place === 'name' || place === 'who') && typeof value === 'string' ? <PersonName name={value} /> : value,
    ]),
  );
  return <Sentence of={of} with={named} />;
}

/** An entry as a line of the thread. */
export function asLogEntry(entry: AuditEntryView): LogEntry {
  const isDone = entry.outcome === 'success';
  return {
    id: String(entry.index),
    time: entry.time,
    icon: isDone ? icons[entry.action] : IconX,
    ...(isDone ? (entry.action === 'certificate.revoke' ? { tone: 'stop' } : {}) : { tone: 'warn' }),
    title: <EntryTitle entry={entry} />,
    who: <PersonName name={whoDid(entry)} />,
    number: formatNumber(entry.index),
  };
}
