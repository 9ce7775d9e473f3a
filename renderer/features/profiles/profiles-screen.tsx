import { IconTemplate } from '@tabler/icons-react';
import { useState } from 'react';
import type { ProfileSummary } from '../../../main/contract/profiles.ts';
import { t } from '../../i18n/translate.ts';
import { Page } from '../../shell/page.tsx';
import { Permitted } from '../../shell/permitted.tsx';
import { useQuery } from '../../state/use-query.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { DataTable } from '../../ui/data-table.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { profileColumns } from './profile-columns.tsx';
import { ProfileDialog } from './profile-dialog.tsx';
import { profileTitle } from './profile-words.ts';

const nameOf = ({ name }: ProfileSummary): string => name;
/** What an own profile usually begins with: a person, and the practice that vouches for them. */
const usual = 'smime-sponsor-multipurpose';

type Shown = { readonly name: string; readonly isEditing: boolean };

/** The profiles that come with Keyward, and the practice's own. */
export function ProfilesScreen() {
  const query = useQuery('profiles.list', {});
  const [shown, setShown] = useState<Shown>();
  const begin = (
    <Permitted call="profiles.add">
      <ActionButton kind="filled" icon={IconTemplate} onClick={() => setShown({ name: usual, isEditing: true })}>
        {t('profiles.new')}
      </ActionButton>
    </Permitted>
  );
  return (
    <Page isFull header={<PageHeader title={t('profiles.title')} line={t('profiles.line')} actions={begin} />}>
      {query.error !== undefined && <ErrorNotice error={query.error} />}
      <DataTable
        label={t('profiles.title')}
        rows={query.data?.profiles ?? []}
        columns={profileColumns}
        rowId={nameOf}
        rowName={profileTitle}
        onOpen={({ name }) => setShown({ name, isEditing: false })}
        empty={t('window.loading')}
      />
      {shown !== undefined && (
        <ProfileDialog
          key={`${shown.name} ${shown.isEditing}`}
          name={shown.name}
          isEditing={shown.isEditing}
          onEdit={() => setShown({ ...shown, isEditing: true })}
          onClose={() => setShown(undefined)}
        />
      )}
    </Page>
  );
}
