import type { OwnProfile } from '../../../main/domain/profile/own-profile.ts';

export type SubjectRule = OwnProfile['subject'][number];

/** A title as the name of a profile: kebab-case, ASCII; empty where nothing of it can stand in one. */
export const nameFrom = (title: string): string =>
  title
    .normalize('NFD')
    .toLowerCase()
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^[-0-9]+|-+$/g, '')
    .slice(0, 40)
    .replace(/-+$/, '');

/** Policies as they are typed: dotted decimal, apart by commas or spaces. */
export const policiesFrom = (text: string): readonly string[] => text.split(/[\s,;]+/).filter((part) => part !== '');

/** A rule with another source; a text belongs to the source `text` alone. */
export const withSource = (rule: SubjectRule, source: SubjectRule['source']): SubjectRule => {
  const { text = '', ...rest } = rule;
  return source === 'text' ? { ...rest, source, text } : { ...rest, source };
};

/** The list with one rule changed, or taken out. */
export const replaceRule = (rules: readonly SubjectRule[], at: number, rule: SubjectRule | undefined): readonly SubjectRule[] =>
  rules.flatMap((before, index) => (index === at ? (rule === undefined ? [] : [rule]) : [before]));
