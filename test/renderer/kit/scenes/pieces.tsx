import { useRef } from 'react';
import { AppError } from '../../../../main/domain/errors.ts';
import { ActionButton } from '../../../../renderer/ui/action-button.tsx';
import { CopyText } from '../../../../renderer/ui/copy-text.tsx';
import { Dialog } from '../../../../renderer/ui/dialog.tsx';
import { ErrorNotice } from '../../../../renderer/ui/error-notice.tsx';
import { Folded } from '../../../../renderer/ui/folded.tsx';
import { LinkButton } from '../../../../renderer/ui/link-button.tsx';
import { SecretField, type SecretFieldHandle } from '../../../../renderer/ui/secret-field.tsx';
import { TriesLeft } from '../../../../renderer/ui/tries-left.tsx';
import { OverviewScene } from './overview.tsx';

const nothing = () => undefined;

/** What the other scenes do not show, in one dialog. */
export function PiecesScene() {
  const pin = useRef<SecretFieldHandle>(null);
  return (
    <>
      <OverviewScene />
      <Dialog
        isOpen
        onClose={nothing}
        title="PIN for Dr. Okafor’s card"
        line="To renew your signing certificate. Card 4471, in the reader on the desk."
        aside={<LinkButton onClick={nothing}>I forgot it</LinkButton>}
        actions={
          <>
            <ActionButton>Cancel</ActionButton>
            <ActionButton kind="filled">Continue</ActionButton>
          </>
        }
      >
        <SecretField
          ref={pin}
          label="Card PIN"
          hint="The 6 to 8 digits you chose on 14 March. Not your computer password."
          size="door"
          takesFocus
        />
        <TriesLeft left={1} of={3} />
        <ErrorNotice error={new AppError('session.too-soon', '', { seconds: 8 })} />
        <CopyText text="8C2F 10B7 94DE 5A03" label="SHA-256" isMono />
        <Folded title="The exact message">CKR_PIN_INCORRECT</Folded>
      </Dialog>
    </>
  );
}
