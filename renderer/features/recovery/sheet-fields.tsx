import { useImperativeHandle, useRef, type Ref } from 'react';
import { Secret } from '../../../main/contract/client.ts';
import { t } from '../../i18n/translate.ts';
import { SecretField, type SecretFieldHandle } from '../../ui/secret-field.tsx';
import styles from '../../ui/panel-list.module.css';

/** The only way to what was typed. */
export interface SheetFieldsHandle {
  /** What is in the fields, a sheet a line, once; they are empty then. Undefined where all were empty. */
  readonly take: () => Secret | undefined;
}

interface SheetFieldsProps {
  readonly count: number;
  readonly ref: Ref<SheetFieldsHandle>;
}

/** A field for each sheet of paper, typed or pasted from a scanner. */
export function SheetFields({ count, ref }: SheetFieldsProps) {
  const fields = useRef<(SecretFieldHandle | null)[]>([]);
  useImperativeHandle(ref, () => ({
    take: () => {
      const typed = fields.current.slice(0, count).flatMap((field) => (field === null || field.isEmpty() ? [] : [field.take()]));
      return typed.length === 0 ? undefined : new Secret(inLines(typed));
    },
  }));
  return (
    <div className={styles.rows}>
      {Array.from({ length: count }, (_, at) => (
        <SecretField
          key={at}
          ref={(field) => {
            fields.current[at] = field;
          }}
          label={t('recovery-by-sheets.sheet', { number: at + 1 })}
          {...(at === 0 ? { hint: t('recovery-by-sheets.sheet-hint'), takesFocus: true } : {})}
        />
      ))}
    </div>
  );
}

/** One a line; what came is wiped. */
function inLines(typed: readonly Uint8Array[]): Uint8Array {
  const octets = new Uint8Array(typed.reduce((sum, line) => sum + line.length + 1, 0));
  let at = 0;
  for (const line of typed) {
    octets.set(line, at);
    octets[at + line.length] = 0x0a;
    at += line.length + 1;
    line.fill(0);
  }
  return octets;
}
