import { languageOf } from '../i18n/language-of.ts';

export interface PersonNameProps {
  readonly name: string;
  /** Language tag, when it is known; else guessed from the letters. */
  readonly language?: string;
}

/** A name in its own language and direction, never cut. */
export function PersonName({ name, language }: PersonNameProps) {
  return <bdi lang={language ?? languageOf(name)}>{name}</bdi>;
}
