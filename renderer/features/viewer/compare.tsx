import { VisuallyHidden } from '@mantine/core';
import type { JsonObject } from '../../../main/domain/inspect/json.ts';
import { t } from '../../i18n/translate.ts';
import { Panel } from '../../ui/panel.tsx';
import { StatusShape } from '../../ui/status-shape.tsx';
import { comparedFields } from './compared-fields.ts';
import styles from './viewer.module.css';

export interface CompareProps {
  readonly names: readonly [string, string];
  readonly readings: readonly [JsonObject, JsonObject];
}

/** Two objects side by side, what differs first. */
export function Compare({ names, readings }: CompareProps) {
  return (
    <Panel title={t('viewer.tab.fields')}>
      <table className={styles.compare}>
        <thead>
          <tr>
            <th scope="col">{t('viewer.field')}</th>
            {names.map((name, at) => (
              <th key={at} scope="col">
                <bdi>{name}</bdi>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {comparedFields(...readings).map(({ name, values, isSame }) => (
            <tr key={name}>
              <th scope="row">
                {!isSame && <StatusShape state="soon" size={14} />} <span className="mono">{name}</span>
                <VisuallyHidden>{t(isSame ? 'viewer.same' : 'viewer.different', { name })}</VisuallyHidden>
              </th>
              {values.map((value, at) => (
                <td key={at} className="mono">
                  <bdi>{value}</bdi>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Panel>
  );
}
