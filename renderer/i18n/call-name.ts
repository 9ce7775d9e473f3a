import { isTitle } from './initials.ts';

/** How to speak to somebody: "Nadia" for Nadia Rahman, "Dr. Okafor" for Dr. Adaeze Okafor, a name without spaces whole. */
export function callName(name: string): string {
  const words = name
    .normalize('NFC')
    .split(/\s+/u)
    .filter((word) => word !== '');
  const [first = '', ...others] = words;
  if (others.length === 0 || !isTitle(first)) return first;
  return `${first} ${others.at(-1) ?? ''}`;
}
