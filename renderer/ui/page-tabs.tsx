import { Tabs } from '@mantine/core';
import styles from './page-tabs.module.css';

export interface PageTab<Value extends string> {
  readonly value: Value;
  readonly label: string;
}

export interface PageTabsProps<Value extends string> {
  readonly label: string;
  readonly tabs: readonly PageTab<Value>[];
  readonly value: Value;
  readonly onChange: (value: Value) => void;
}

/** Ways to look at one thing, from words to bytes; the page shows what `value` says. */
export function PageTabs<Value extends string>({ label, tabs, value, onChange }: PageTabsProps<Value>) {
  const change = (chosen: string | null) => {
    const tab = tabs.find((candidate) => candidate.value === chosen);
    if (tab !== undefined) onChange(tab.value);
  };
  return (
    <Tabs value={value} onChange={change} classNames={{ list: styles.list ?? '', tab: styles.tab ?? '' }}>
      <Tabs.List aria-label={label}>
        {tabs.map((tab) => (
          <Tabs.Tab key={tab.value} value={tab.value} aria-controls={undefined}>
            {tab.label}
          </Tabs.Tab>
        ))}
      </Tabs.List>
    </Tabs>
  );
}
