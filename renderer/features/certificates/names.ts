import { messages } from '../../i18n/locale.ts';

/** The last four digits of a serial number, as people compare them. */
export const numberEnding = (serialNumber: string): string => serialNumber.slice(-4).toUpperCase();

/** The common name of a subject (RFC 4514), for a list; a subject without one as it is written. */
export const commonName = (subject: string): string => /(?:^|,)CN=((?:\\.|[^,\\])+)/.exec(subject)?.[1]?.replace(/\\(.)/g, '$1') ?? subject;

const algorithmNames: Readonly<Record<string, string>> = messages['algorithm-name'];

/** An algorithm as people write it; one without a name here stays as it is. */
export const algorithmName = (algorithm: string): string => algorithmNames[algorithm] ?? algorithm;
