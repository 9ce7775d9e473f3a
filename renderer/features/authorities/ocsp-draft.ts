import type { AuthoritySummary } from '../../../main/contract/authorities.ts';
import { AppError } from '../../../main/domain/errors.ts';
import { parsePublishUrl } from '../../../main/domain/x509/publication.ts';
import { answersBeside } from './publish-answers.ts';

/** Where OCSP is to be answered, as far as it is typed. */
export interface OcspDraft {
  readonly isOn: boolean;
  readonly address: string;
}

/** As it is now; beside the lists where it is not on yet. */
export const ocspDraft = ({ ocspUrl, publishUrl }: Pick<AuthoritySummary, 'ocspUrl' | 'publishUrl'>): OcspDraft => ({
  isOn: ocspUrl !== null,
  address: ocspUrl ?? (publishUrl === null ? '' : answersBeside(publishUrl)),
});

/** The address in its one way of writing, or what is wrong with it. */
export function readAddress(text: string): { readonly url: string } | { readonly fault: 'not-http' | 'wrong' } {
  try {
    return { url: parsePublishUrl(text.trim()) };
  } catch (error) {
    return { fault: error instanceof AppError && error.details['reason'] === 'not-http' ? 'not-http' : 'wrong' };
  }
}

/** What to ask for: an address, null for nowhere; undefined while there is nothing to change or the address is wrong. */
export function ocspOrder({ isOn, address }: OcspDraft, ocspUrl: string | null): string | null | undefined {
  if (!isOn) return ocspUrl === null ? undefined : null;
  const read = readAddress(address);
  return 'fault' in read || read.url === ocspUrl ? undefined : read.url;
}
