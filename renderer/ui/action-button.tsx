import { Button } from '@mantine/core';
import { IconArrowRight, type Icon } from '@tabler/icons-react';
import type { ReactNode, Ref } from 'react';
import { useTabIndex } from './tab-stop.ts';
import styles from './action-button.module.css';

/** Filled: one a page. Default: outlined. Quiet: text only. Stop: filled brick, only in a dialog for an act that cannot be undone. */
export type ButtonKind = 'filled' | 'default' | 'quiet' | 'stop';

/** 36 px; 30 in rows; 42 at the door; 50 for the one button of the card view. */
export type ButtonSize = 'row' | 'normal' | 'door' | 'large';

export interface ActionButtonProps {
  /** Verb and object: "Renew for 3 people". */
  readonly children: ReactNode;
  readonly kind?: ButtonKind;
  readonly size?: ButtonSize;
  readonly icon?: Icon;
  /** An arrow at the end: goes on to the next page. */
  readonly goesOn?: boolean;
  readonly isWorking?: boolean;
  readonly isDisabled?: boolean;
  readonly isWide?: boolean;
  readonly submits?: boolean;
  /** The safe choice of a dialog holds the focus when it opens. */
  readonly takesFocus?: boolean;
  readonly onClick?: () => void;
  /** When the words alone do not say of what, as in a row. */
  readonly label?: string;
  readonly ref?: Ref<HTMLButtonElement>;
}

const looks = {
  filled: { variant: 'filled', color: 'accent' },
  default: { variant: 'default' },
  quiet: { variant: 'subtle', color: 'accent' },
  stop: { variant: 'filled', color: 'stop' },
} as const;

/** Heights, paddings and letters of Mantine's sizes are just these. */
const mantineSizes = { row: 'xs', normal: 'sm', door: 'md', large: 'lg' } as const;

/** A button in one of its four looks. */
export function ActionButton({ kind = 'default', size = 'normal', icon: LeftIcon, ...props }: ActionButtonProps) {
  return (
    <Button
      {...looks[kind]}
      className={styles.root ?? ''}
      size={mantineSizes[size]}
      tabIndex={useTabIndex()}
      type={props.submits === true ? 'submit' : 'button'}
      leftSection={LeftIcon === undefined ? undefined : <LeftIcon size={size === 'row' ? 15 : 16} stroke={1.75} aria-hidden />}
      rightSection={props.goesOn === true ? <IconArrowRight size={16} stroke={1.75} aria-hidden /> : undefined}
      loading={props.isWorking ?? false}
      disabled={props.isDisabled ?? false}
      fullWidth={props.isWide ?? false}
      onClick={props.onClick}
      ref={props.ref ?? null}
      {...(props.takesFocus === true ? { 'data-autofocus': true } : {})}
      {...(props.label === undefined ? {} : { 'aria-label': props.label })}
    >
      {props.children}
    </Button>
  );
}
