import { UnstyledButton } from '@mantine/core';
import { IconCheck, type Icon } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { StatusShape } from './status-shape.tsx';
import type { State } from './status.ts';
import styles from './chain-tree.module.css';

export interface ChainReason {
  readonly holds: boolean;
  readonly text: ReactNode;
}

export interface ChainNode {
  readonly id: string;
  readonly icon: Icon;
  readonly name: ReactNode;
  /** "The practice itself". */
  readonly detail: ReactNode;
  readonly state: State;
  /** "2044", "12 days". */
  readonly until: ReactNode;
  /** Why it is, or is not, to be trusted. */
  readonly reasons: readonly ChainReason[];
}

export interface ChainTreeProps {
  readonly label: string;
  /** The root first, the one it is about last. */
  readonly nodes: readonly ChainNode[];
  /** Opens one of those above. */
  readonly onOpen?: (id: string) => void;
}

/** Top vouches for bottom; under each box why, in a sentence. */
export function ChainTree({ label, nodes, onOpen }: ChainTreeProps) {
  return (
    <ol aria-label={label}>
      {nodes.map((node, index) => {
        const isLast = index === nodes.length - 1;
        return (
          <li key={node.id} className={styles.link}>
            <Box node={node} isSelf={isLast} onOpen={isLast ? undefined : onOpen} />
            <ul className={styles.reasons} data-last={isLast}>
              {node.reasons.map((reason, at) => (
                <li key={at} className={styles.reason}>
                  <span className={styles.sign}>
                    {reason.holds ? (
                      <IconCheck className={styles.tick} size={14} stroke={2} aria-hidden />
                    ) : (
                      <StatusShape state="stopped" size={14} label />
                    )}
                  </span>
                  <span>{reason.text}</span>
                </li>
              ))}
            </ul>
          </li>
        );
      })}
    </ol>
  );
}

interface BoxProps {
  readonly node: ChainNode;
  readonly isSelf: boolean;
  readonly onOpen: ((id: string) => void) | undefined;
}

function Box({ node, isSelf, onOpen }: BoxProps) {
  const content = (
    <>
      <node.icon className={styles.icon} size={20} stroke={1.6} aria-hidden />
      <span className={styles.words}>
        <span className={styles.name}>{node.name}</span>
        <span className={styles.detail}>{node.detail}</span>
      </span>
      <span className={styles.until}>
        <StatusShape state={node.state} size={14} label />
        {node.until}
      </span>
    </>
  );
  if (onOpen === undefined) {
    return (
      <div className={styles.box} data-self={isSelf}>
        {content}
      </div>
    );
  }
  return (
    <UnstyledButton className={styles.box} onClick={() => onOpen(node.id)}>
      {content}
    </UnstyledButton>
  );
}
