import type { JsonObject } from '../../../main/domain/inspect/json.ts';
import { t } from '../../i18n/translate.ts';
import { Panel } from '../../ui/panel.tsx';
import { Tag } from '../../ui/tag.tsx';
import { basicFields, extensionsOf, type Field } from './fields-of.ts';
import styles from './viewer.module.css';

/** Every field of one object, each extension decoded, under the names of its standard. */
export function EveryField({ reading }: { readonly reading: JsonObject }) {
  const extensions = extensionsOf(reading);
  return (
    <>
      <Panel title={t('viewer.basic')}>
        <FieldList fields={basicFields(reading)} />
      </Panel>
      {extensions.length > 0 && (
        <Panel title={t('viewer.extensions')} hint={String(extensions.length)}>
          {extensions.map(({ name, isCritical, fields }) => (
            <section key={name} className={styles.extension}>
              <h3 className={styles.extensionName}>
                <span className="mono">{name}</span> {isCritical && <Tag>{t('viewer.critical')}</Tag>}
              </h3>
              <FieldList fields={fields} />
            </section>
          ))}
        </Panel>
      )}
    </>
  );
}

function FieldList({ fields }: { readonly fields: readonly Field[] }) {
  return (
    <dl className={styles.fields}>
      {fields.map(({ name, value }, at) => (
        <div key={at} className={styles.field}>
          <dt className={styles.fieldName}>{name === '' ? t('viewer.value') : name}</dt>
          <dd className={`${styles.fieldValue} mono`}>
            <bdi>{value}</bdi>
          </dd>
        </div>
      ))}
    </dl>
  );
}
