import { IconUserPlus } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import type { OperatorSummary } from '../../../main/contract/operators.ts';
import { t } from '../../i18n/translate.ts';
import { Page } from '../../shell/page.tsx';
import { Permitted } from '../../shell/permitted.tsx';
import { useQuery } from '../../state/use-query.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { DataTable } from '../../ui/data-table.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { AddOperatorDialog } from './add-operator-dialog.tsx';
import { OperatorDialog } from './operator-dialog.tsx';
import { operatorColumns } from './operator-columns.tsx';
import { OperatorPersonDialog } from './operator-person-dialog.tsx';
import { RemoveOperatorDialog } from './remove-operator-dialog.tsx';
import { ResetFactorDialog } from './reset-factor-dialog.tsx';

const idOf = ({ id }: OperatorSummary): string => id;
const nameOf = ({ name }: OperatorSummary): string => name;

interface Asked {
  readonly operator: OperatorSummary;
  readonly what: 'facts' | 'remove' | 'reset' | 'person';
}

/** Who can sign in and who could; those who are here first. */
export function OperatorsScreen() {
  const query = useQuery('operators.list', {});
  const { data: status } = useQuery('workspace.status', {});
  const you = status?.signedIn?.operatorId;
  const columns = useMemo(() => operatorColumns(you), [you]);
  const [isAdding, setAdding] = useState(false);
  const [asked, setAsked] = useState<Asked>();
  const close = () => setAsked(undefined);
  const operators = query.data?.operators ?? [];
  const add = (
    <Permitted call="operators.add">
      <ActionButton kind="filled" icon={IconUserPlus} onClick={() => setAdding(true)}>
        {t('operators.add')}
      </ActionButton>
    </Permitted>
  );
  return (
    <Page isFull header={<PageHeader title={t('operators.title')} line={t('operators.line')} actions={add} />}>
      {query.error !== undefined && <ErrorNotice error={query.error} />}
      <DataTable
        label={t('operators.title')}
        rows={[...operators.filter(isHere), ...operators.filter((operator) => !isHere(operator))]}
        columns={columns}
        rowId={idOf}
        rowName={nameOf}
        onOpen={(operator) => setAsked({ operator, what: 'facts' })}
        empty={t('window.loading')}
      />
      {isAdding && <AddOperatorDialog practice={status?.practiceName ?? ''} onClose={() => setAdding(false)} />}
      {asked?.what === 'facts' && (
        <OperatorDialog
          operator={asked.operator}
          isYou={asked.operator.id === you}
          onRemove={() => setAsked({ ...asked, what: 'remove' })}
          onReset={() => setAsked({ ...asked, what: 'reset' })}
          onPerson={() => setAsked({ ...asked, what: 'person' })}
          onClose={close}
        />
      )}
      {asked?.what === 'person' && <OperatorPersonDialog operator={asked.operator} onClose={close} />}
      {asked?.what === 'remove' && <RemoveOperatorDialog operator={asked.operator} onClose={close} />}
      {asked?.what === 'reset' && <ResetFactorDialog operator={asked.operator} onClose={close} />}
    </Page>
  );
}

const isHere = ({ removedAt }: OperatorSummary): boolean => removedAt === null;
