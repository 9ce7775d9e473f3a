import { AppError } from '../../main/domain/errors.ts';
import { t } from '../i18n/translate.ts';
import { TextArea } from './text-area.tsx';

/** Whether nothing was issued because the certificate would break a rule: an administrator may have a reason. */
export const breaksRule = (error: unknown): boolean => error instanceof AppError && error.code === 'path.lint';

export interface OverrideReasonProps {
  readonly value: string;
  readonly onChange: (reason: string) => void;
}

/** Why something is issued all the same, for the log. */
export function OverrideReason({ value, onChange }: OverrideReasonProps) {
  return <TextArea label={t('override.reason')} hint={t('override.reason-hint')} value={value} onChange={onChange} maxLength={1000} />;
}
