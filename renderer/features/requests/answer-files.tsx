import type { FileContent } from '../../../main/contract/client.ts';
import { t } from '../../i18n/translate.ts';
import { FileField } from '../../ui/file-field.tsx';

const endings = '.pem,.crt,.cer,.der,.p7b,.p7c,.p7';
/** As much as an answer with its chain ever is. Octets. */
const maximumLength = 1024 * 1024;

/** What an authority sent back: the certificate, and those above it where they came apart. */
export interface Answer {
  readonly certificate?: FileContent;
  readonly above?: FileContent;
}

export interface AnswerFilesProps {
  readonly answer: Answer;
  readonly onAnswer: (taken: Answer) => void;
}

export const filesOf = ({ certificate, above }: Answer): readonly FileContent[] =>
  [certificate, above].filter((file) => file !== undefined);

/** One file, or two. */
export function AnswerFiles({ answer, onAnswer }: AnswerFilesProps) {
  const field = { accept: endings, maximumLength };
  return (
    <>
      <FileField
        {...field}
        label={t('answer.certificate')}
        hint={t('answer.certificate-hint')}
        act={t('answer.choose-certificate')}
        file={answer.certificate}
        onFile={(certificate) => onAnswer({ certificate })}
      />
      <FileField
        {...field}
        label={t('answer.above')}
        hint={t('answer.above-hint')}
        act={t('answer.choose-above')}
        file={answer.above}
        onFile={(above) => onAnswer({ above })}
      />
    </>
  );
}
