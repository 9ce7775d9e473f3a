import styles from './legend.module.css';

export interface LegendProps {
  readonly items: readonly { readonly name: string; readonly isStriped?: boolean }[];
}

/** What the two textures of a picture stand for. */
export function Legend({ items }: LegendProps) {
  return (
    <span className={styles.root}>
      {items.map((item) => (
        <span key={item.name} className={styles.item}>
          <i className={styles.sample} data-striped={item.isStriped === true} />
          {item.name}
        </span>
      ))}
    </span>
  );
}
