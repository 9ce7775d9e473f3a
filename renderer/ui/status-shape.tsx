import type { ReactNode } from 'react';
import { t } from '../i18n/translate.ts';
import { toneOf, type State } from './status.ts';
import styles from './status-shape.module.css';

export interface StatusShapeProps {
  readonly state: State;
  /** 16 in text, 18 in lists that need somebody, 20 in notices, 14 in the side bar. */
  readonly size?: number;
  /** Named for screen readers when it stands alone: true for the state's own word, or better words. */
  readonly label?: boolean | string;
}

const glyph = { stroke: 'var(--kw-glyph)', strokeWidth: 1.8, strokeLinecap: 'round', strokeLinejoin: 'round', fill: 'none' } as const;

const art: Readonly<Record<State, (fill: string) => ReactNode>> = {
  fine: (fill) => (
    <>
      <circle cx="8" cy="8" r="7" fill={fill} />
      <path d="M4.9 8.3l2.1 2.1 4.1-4.5" {...glyph} />
    </>
  ),
  soon: (fill) => (
    <>
      <path
        d="M8 1.2c.5 0 .9.25 1.15.68l5.9 10.4c.5.9-.1 2.02-1.15 2.02H2.1c-1.05 0-1.65-1.12-1.15-2.02l5.9-10.4C7.1 1.45 7.5 1.2 8 1.2z"
        fill={fill}
      />
      <path d="M8 5.6v3.4M8 11.6v.05" {...glyph} />
    </>
  ),
  stopped: (fill) => (
    <>
      <path d="M5.2 1h5.6L15 5.2v5.6L10.8 15H5.2L1 10.8V5.2z" fill={fill} stroke={fill} strokeWidth=".8" strokeLinejoin="round" />
      <path d="M5.5 5.5l5 5M10.5 5.5l-5 5" {...glyph} />
    </>
  ),
  ended: (fill) => (
    <>
      <rect x="1.5" y="1.5" width="13" height="13" rx="2.5" fill={fill} />
      <path d="M4.9 8h6.2" {...glyph} />
    </>
  ),
  waiting: (fill) => (
    <circle cx="8" cy="8" r="6.2" fill="none" stroke={fill} strokeWidth="1.9" strokeDasharray="2.6 2.27" strokeLinecap="round" />
  ),
  working: (fill) => (
    <>
      <circle cx="8" cy="8" r="6.2" fill="none" stroke={fill} strokeOpacity=".28" strokeWidth="1.9" />
      <path d="M8 1.8a6.2 6.2 0 0 1 6.2 6.2" fill="none" stroke={fill} strokeWidth="1.9" strokeLinecap="round" />
    </>
  ),
  held: (fill) => (
    <>
      <rect x="1.5" y="1.5" width="13" height="13" rx="6.5" fill={fill} />
      <path d="M6.2 5.4v5.2M9.8 5.4v5.2" {...glyph} />
    </>
  ),
  kept: (fill) => (
    <>
      <path
        d="M1.6 3.2c0-.7.5-1.2 1.2-1.2h10.4c.7 0 1.2.5 1.2 1.2V13c0 .7-.5 1.2-1.2 1.2H2.8c-.7 0-1.2-.5-1.2-1.2z"
        fill="none"
        stroke={fill}
        strokeWidth="1.5"
      />
      <path d="M1.6 5.8h12.8M6.4 8.6h3.2" stroke={fill} strokeWidth="1.5" strokeLinecap="round" />
    </>
  ),
  unknown: (fill) => (
    <>
      <path d="M8 .9L15.1 8 8 15.1.9 8z" fill={fill} stroke={fill} strokeWidth=".8" strokeLinejoin="round" />
      <path d="M6.3 6.4c.1-1 .8-1.6 1.8-1.6s1.7.6 1.7 1.5c0 1.2-1.7 1.3-1.7 2.5M8.1 11v.05" {...glyph} strokeWidth={1.5} />
    </>
  ),
};

/** One silhouette per state: readable without colour and at 14 px. Next to words it is silent. */
export function StatusShape({ state, size = 16, label = false }: StatusShapeProps) {
  const name = label === true ? t(`state.${state}`) : label;
  return (
    <svg
      className={styles.shape}
      data-state={state}
      width={size}
      height={size}
      viewBox="0 0 16 16"
      {...(name === false ? { 'aria-hidden': true } : { role: 'img', 'aria-label': name })}
    >
      {art[state](`var(--kw-${toneOf[state]}-fill)`)}
    </svg>
  );
}
