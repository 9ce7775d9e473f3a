import { IconArrowsDiff, IconDatabaseImport, IconFile, IconX } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import type { Viewed } from '../../../main/contract/viewer.ts';
import { formatSize } from '../../i18n/size.ts';
import { t } from '../../i18n/translate.ts';
import { Page } from '../../shell/page.tsx';
import { useDropped } from '../../state/dropped-file.ts';
import { useMay } from '../../state/role.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { chooseFile } from '../../ui/choose-file.ts';
import { DropZone } from '../../ui/drop-zone.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { PageTabs } from '../../ui/page-tabs.tsx';
import { ImportDialog } from '../certificates/import-dialog.tsx';
import { AnswerNotice } from './answer-notice.tsx';
import { Compare } from './compare.tsx';
import { isSealed, Mail } from './mail.tsx';
import { OpenMailDialog } from './open-mail-dialog.tsx';
import { OpenedMail } from './opened-mail.tsx';
import { ViewedObjects, type ViewerTab } from './viewed-objects.tsx';
import { useViewed, type Looking } from './use-viewed.ts';

const tabs: readonly ViewerTab[] = ['words', 'fields', 'raw'];

/** Whatever somebody sent, dropped anywhere on the window or chosen here. */
export function ViewerScreen() {
  const [looking, other] = [useViewed(), useViewed()];
  const [tab, setTab] = useState<ViewerTab>('words');
  useDroppedFile(looking.look);
  const { viewed, error, isReading } = looking;
  const hasTabs = viewed !== undefined && viewed.mail === null && other.viewed === undefined;
  return (
    <Page header={<Header looking={looking} other={other} />} {...(hasTabs ? { tabs: <ViewerTabs tab={tab} onTab={setTab} /> } : {})}>
      {isReading && <p role="status">{t('viewer.reading')}</p>}
      {error !== undefined && <ErrorNotice error={error} />}
      {other.error !== undefined && <ErrorNotice error={other.error} />}
      {viewed === undefined ? <Nothing looking={looking} /> : <Content looking={looking} viewed={viewed} other={other.viewed} tab={tab} />}
    </Page>
  );
}

/** What was dropped elsewhere, or while this is shown. */
function useDroppedFile(look: (file: File) => Promise<void>): void {
  const dropped = useDropped((state) => state.file);
  const take = useDropped((state) => state.take);
  useEffect(() => {
    const file = dropped === undefined ? undefined : take();
    if (file !== undefined) void look(file);
  }, [dropped, take, look]);
}

const ViewerTabs = ({ tab, onTab }: { readonly tab: ViewerTab; readonly onTab: (tab: ViewerTab) => void }) => (
  <PageTabs
    label={t('viewer.tabs')}
    tabs={tabs.map((value) => ({ value, label: t(`viewer.tab.${value}`) }))}
    value={tab}
    onChange={onTab}
  />
);

function Header({ looking, other }: { readonly looking: Looking; readonly other: Looking }) {
  const { viewed } = looking;
  const choose = (look: Looking['look']) => () => chooseFile('', (file) => void look(file));
  const actions = viewed !== undefined && (
    <>
      {other.viewed === undefined && <TakeIn looking={looking} />}
      {other.viewed === undefined ? (
        <ActionButton icon={IconArrowsDiff} onClick={choose(other.look)}>
          {t('viewer.compare')}
        </ActionButton>
      ) : (
        <ActionButton icon={IconX} onClick={other.clear}>
          {t('viewer.end-compare')}
        </ActionButton>
      )}
      <ActionButton icon={IconFile} onClick={choose(looking.look)}>
        {t('viewer.other')}
      </ActionButton>
    </>
  );
  const line =
    viewed === undefined ? t('viewer.line') : <bdi>{t('viewer.size', { name: viewed.name, size: formatSize(viewed.size) })}</bdi>;
  return <PageHeader title={t('viewer.title')} line={line} actions={actions} />;
}

const importable: ReadonlySet<string> = new Set(['certificate', 'pkcs7', 'pkcs8', 'pkcs12'] satisfies Viewed['objects'][number]['kind'][]);

/** What was looked at comes into the practice, where there is anything in it that can. */
function TakeIn({ looking: { viewed, file } }: { readonly looking: Looking }) {
  const [isOpen, setOpen] = useState(false);
  const may = useMay()('certificates.import');
  if (!may || file === undefined || viewed?.objects.some(({ kind }) => importable.has(kind)) !== true) return null;
  return (
    <>
      <ActionButton icon={IconDatabaseImport} onClick={() => setOpen(true)}>
        {t('certificate-import.begin-viewed')}
      </ActionButton>
      {isOpen && <ImportDialog files={[file]} onClose={() => setOpen(false)} />}
    </>
  );
}

function Nothing({ looking: { look } }: { readonly looking: Looking }) {
  const choose = (
    <ActionButton kind="filled" icon={IconFile} onClick={() => chooseFile('', (file) => void look(file))}>
      {t('viewer.choose')}
    </ActionButton>
  );
  return (
    <DropZone onFile={(file) => void look(file)}>
      <EmptyState title={t('viewer.drop-title')} actions={choose}>
        {t('viewer.drop-text')}
      </EmptyState>
    </DropZone>
  );
}

/** A mail, and the way to open it where it is encrypted and whoever is signed in may. */
function SealedOrNot({ mail, looking: { file, setOpened } }: { readonly mail: NonNullable<Viewed['mail']>; readonly looking: Looking }) {
  const [isAsking, setAsking] = useState(false);
  const may = useMay();
  const canOpen = may('viewer.openMail') && file !== undefined && isSealed(mail);
  const open = canOpen && <ActionButton onClick={() => setAsking(true)}>{t('viewer.open-mail')}</ActionButton>;
  return (
    <>
      {mail.mayBeAnswer && file !== undefined && may('mail.takeProof') && <AnswerNotice file={file} />}
      <Mail mail={mail} {...(open === false ? {} : { action: open })} />
      {isAsking && file !== undefined && <OpenMailDialog file={file} onOpened={setOpened} onClose={() => setAsking(false)} />}
    </>
  );
}

interface ContentProps {
  readonly looking: Looking;
  readonly viewed: Viewed;
  readonly other: Viewed | undefined;
  readonly tab: ViewerTab;
}

function Content({ looking, viewed, other, tab }: ContentProps) {
  if (looking.opened !== undefined) return <OpenedMail opened={looking.opened} />;
  if (viewed.mail !== null) return <SealedOrNot mail={viewed.mail} looking={looking} />;
  const readings = [viewed.objects[0]?.reading ?? {}, other?.objects[0]?.reading ?? {}] as const;
  if (other !== undefined) return <Compare names={[viewed.name, other.name]} readings={readings} />;
  return <ViewedObjects key={viewed.objects[0]?.sha256} viewed={viewed} tab={tab} />;
}
