import { useRef, useState } from 'react';
import { Secret } from '../../../main/contract/client.ts';
import { t } from '../../i18n/translate.ts';
import { useApi } from '../../state/api-context.ts';
import { SecretField, type SecretFieldHandle } from '../../ui/secret-field.tsx';
import { ProofDialog } from './proof-dialog.tsx';
import { useProof } from './use-proof.ts';
import { useSigningIn } from './use-signing-in.ts';

/** The passphrase of whoever is signed in, once more. */
export function PassphraseProof({ onEnd }: { readonly onEnd: (isProven: boolean) => void }) {
  const api = useApi();
  const field = useRef<SecretFieldHandle>(null);
  const signing = useSigningIn(field);
  const proof = useProof(signing, () => onEnd(true));
  const [isMissing, setMissing] = useState(false);
  const submit = () => {
    if (field.current === null || field.current.isEmpty()) {
      setMissing(true);
      return field.current?.focus();
    }
    const passphrase = new Secret(field.current.take());
    return void proof.run(() => api.client.session.prove({ passphrase }));
  };
  const filled = (isFilled: boolean) => {
    if (!isFilled) return;
    setMissing(false);
    if (signing.isWrong) signing.clear();
  };
  return (
    <ProofDialog
      line={t('sign-in.prove-line')}
      signing={signing}
      isRunning={proof.isRunning}
      onClose={() => onEnd(false)}
      onSubmit={submit}
    >
      <SecretField
        ref={field}
        label={t('sign-in.passphrase')}
        takesFocus
        onFilled={filled}
        error={signing.isWrong ? t('sign-in.wrong') : isMissing ? t('sign-in.missing') : undefined}
      />
    </ProofDialog>
  );
}
