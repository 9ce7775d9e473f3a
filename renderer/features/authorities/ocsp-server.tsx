import { IconCalendarRepeat, IconFolders, IconServer, IconTerminal2 } from '@tabler/icons-react';
import { t } from '../../i18n/translate.ts';
import { Consequence } from '../../ui/consequence.tsx';
import { answersBeside } from './publish-answers.ts';

export interface OcspServerProps {
  readonly url: string;
  readonly publishUrl: string;
}

const small = { size: 18, stroke: 1.75, 'aria-hidden': true } as const;

/** What has to be done on the web server, and how often. */
export function OcspServer({ url, publishUrl }: OcspServerProps) {
  const isBeside = url === answersBeside(publishUrl);
  const files = isBeside
    ? { icon: <IconFolders {...small} />, text: t('ocsp.server.beside') }
    : { icon: <IconTerminal2 {...small} />, text: t('ocsp.server.elsewhere', { beside: answersBeside(publishUrl) }) };
  const items = [
    files,
    { icon: <IconServer {...small} />, text: t('ocsp.server.serve') },
    { icon: <IconCalendarRepeat {...small} />, text: t(isBeside ? 'ocsp.server.often' : 'ocsp.server.often-elsewhere') },
  ];
  return <Consequence title={t('ocsp.server')} items={items} />;
}
