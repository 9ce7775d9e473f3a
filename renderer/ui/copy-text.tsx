import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { t } from '../i18n/translate.ts';
import { useAnnounce } from './announcer.tsx';
import { copyWords } from './copy-words.ts';
import { IconButton } from './icon-button.tsx';
import styles from './copy-text.module.css';

export interface CopyTextProps {
  readonly text: string;
  /** What it is, for screen readers: "SHA-256". */
  readonly label: string;
  /** Bytes, fingerprints and object identifiers. */
  readonly isMono?: boolean;
}

/** Words to take along. */
export function CopyText({ text, label, isMono = false }: CopyTextProps) {
  const [isCopied, setCopied] = useState(false);
  const announce = useAnnounce();
  useEffect(() => {
    if (!isCopied) return undefined;
    const timer = setTimeout(() => setCopied(false), 2000);
    return () => clearTimeout(timer);
  }, [isCopied]);
  const copy = () => {
    if (!copyWords(text)) return;
    setCopied(true);
    announce(t('copy.copied'));
  };
  return (
    <span className={styles.root}>
      <span className={isMono ? 'mono' : undefined}>{text}</span>
      <IconButton
        icon={isCopied ? IconCheck : IconCopy}
        label={`${t(isCopied ? 'copy.copied' : 'copy.copy')}: ${label}`}
        size={28}
        onClick={copy}
      />
    </span>
  );
}
