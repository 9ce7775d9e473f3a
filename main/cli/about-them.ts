import type { AppError } from '../domain/errors.ts';

/** What stands in the way of one person and of nobody else, where something is done for many; everything else ends it. */
export const isAboutThem = ({ code }: AppError): boolean =>
  ['unsupported', 'not-found', 'conflict', 'remote.refused'].includes(code) || (code.startsWith('client.') && !aboutThePractice.has(code));

const aboutThePractice: ReadonlySet<string> = new Set(['client.no-sender', 'client.sender-somebody', 'client.no-mail-server']);
