import type { ReactNode } from 'react';
import { AddListDialog } from './add-list-dialog.tsx';
import type { AuthorityAct, AuthorityDialogProps } from './authority-act.ts';
import { BringBackDialog } from './bring-back-dialog.tsx';
import { CertifyDialog } from './certify-dialog.tsx';
import { NextKeyDialog } from './next-key-dialog.tsx';
import { OpenKeyDialog } from './open-key-dialog.tsx';
import { OcspDialog } from './ocsp-dialog.tsx';
import { TakeOfflineDialog } from './take-offline-dialog.tsx';

const dialogs: Readonly<Record<AuthorityAct, (props: AuthorityDialogProps) => ReactNode>> = {
  'open-key': OpenKeyDialog,
  'next-key': NextKeyDialog,
  'take-offline': TakeOfflineDialog,
  'bring-back': BringBackDialog,
  'add-list': AddListDialog,
  certify: CertifyDialog,
  ocsp: OcspDialog,
};

/** The dialog of an act. */
export function AuthorityDialog({ act, ...props }: AuthorityDialogProps & { readonly act: AuthorityAct }) {
  const Shown = dialogs[act];
  return <Shown {...props} />;
}
