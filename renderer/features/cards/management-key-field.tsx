import { useRef, type RefObject } from 'react';
import { Secret } from '../../../main/contract/client.ts';
import type { TokenSummary } from '../../../main/contract/tokens.ts';
import { t } from '../../i18n/translate.ts';
import { SecretField, type SecretFieldHandle } from '../../ui/secret-field.tsx';

/** What makes keys on a PIV card, and is asked for where the vault does not have it. */
export interface AskedManagementKey {
  readonly field: RefObject<SecretFieldHandle | null>;
  /** As a call has it, once; nothing where none was asked for or typed. */
  readonly take: () => { readonly managementKey?: Secret };
}

export function useAskedManagementKey(): AskedManagementKey {
  const field = useRef<SecretFieldHandle>(null);
  const take = () => (field.current?.isEmpty() === false ? { managementKey: new Secret(field.current.take()) } : {});
  return { field, take };
}

/** One that somebody else has set, and that the vault does not have. */
const isWanted = ({ abilities, isManagementKeyKept, isManagementKeyFactory }: TokenSummary): boolean =>
  abilities.keysBy === 'management-key' && !isManagementKeyKept && isManagementKeyFactory === false;

/** Nothing for any other card. */
export function ManagementKeyField({ card, asked: { field } }: { readonly card: TokenSummary; readonly asked: AskedManagementKey }) {
  if (!isWanted(card)) return null;
  return <SecretField ref={field} label={t('card-pin.management-key')} hint={t('card-pin.management-key-hint')} />;
}
