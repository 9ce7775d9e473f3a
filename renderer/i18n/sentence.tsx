import { Fragment, type ReactNode } from 'react';
import { translateParts, type MessageKey } from './translate.ts';

interface SentenceProps {
  readonly of: MessageKey;
  /** What stands in the places: words, numbers, or elements such as a `PersonName`. */
  readonly with: Readonly<Record<string, ReactNode>>;
}

/** A sentence whose places may hold elements. */
export function Sentence({ of, with: values }: SentenceProps) {
  const filled = Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined && value !== null));
  return translateParts<ReactNode>(of, filled).map((part, index) => <Fragment key={index}>{part}</Fragment>);
}
