import { IconPrinter } from '@tabler/icons-react';
import type { Secret } from '../../../main/contract/client.ts';
import { Sentence } from '../../i18n/sentence.tsx';
import { t } from '../../i18n/translate.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { PersonName } from '../../ui/person-name.tsx';
import { SecretBox } from '../../ui/secret-box.tsx';
import { PasswordSlip } from './password-slip.tsx';

/** Read from its octets while it is shown, and never kept. */
export function HandedPassword({ password, name }: { readonly password: Secret; readonly name: string }) {
  const text = new TextDecoder().decode(password.reveal());
  const print = (
    <ActionButton size="row" icon={IconPrinter} onClick={() => window.print()}>
      {t('hand-over.print-password')}
    </ActionButton>
  );
  const once = <Sentence of="hand-over.password-once" with={{ name: <PersonName name={name} /> }} />;
  return (
    <>
      <SecretBox name={t('hand-over.password')} text={text} act={print} line={once} />
      <PasswordSlip name={name} password={text} />
    </>
  );
}
