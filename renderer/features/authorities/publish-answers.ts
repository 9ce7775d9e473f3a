import { FileContent } from '../../../main/contract/client.ts';
import type { AuthoritySummary } from '../../../main/contract/authorities.ts';
import { ocspPath } from '../../../main/domain/x509/ocsp/response-path.ts';
import type { Api } from '../../api.ts';

/** Where answers are fetched that are saved beside the lists. */
export const answersBeside = (publishUrl: string): string => `${publishUrl}/ocsp`;

/** Authorities whose certificates say that OCSP is answered beside the lists. One that has ended answers no more. */
export const answeredBeside = <A extends Pick<AuthoritySummary, 'publishUrl' | 'ocspUrl' | 'notAfter'>>(
  authorities: readonly A[],
  now: Date,
): readonly A[] =>
  authorities.filter(
    ({ publishUrl, ocspUrl, notAfter }) => publishUrl !== null && ocspUrl === answersBeside(publishUrl) && new Date(notAfter) > now,
  );

/** What was saved of answers. */
export interface SavedAnswers {
  readonly certificates: number;
  /** Until when all of them count; undefined where there are none. */
  readonly until: string | undefined;
}

interface AnswersOrder {
  /** That the person chose. */
  readonly folder: string;
  readonly authority: string;
  /** Told of each page, with the certificates on it. */
  readonly onPage: (certificates: number) => void;
}

/** Signs an authority's answers and saves them, some at a time: there may be hundreds of thousands. */
async function saveAnswers(api: Api, { folder, authority, onPage }: AnswersOrder): Promise<SavedAnswers> {
  let certificates = 0;
  for (let after: string | undefined; ;) {
    const page = await api.call('ocsp.presign', { authority, ...(after === undefined ? {} : { after }) });
    const files = page.files.map(({ name, bytes }) => new FileContent(`ocsp/${ocspPath(name)}`, bytes));
    if (files.length > 0) await api.shell('saveInFolder', { folder, files });
    certificates += page.certificates;
    onPage(page.certificates);
    if (page.next === null) return { certificates, until: certificates === 0 ? undefined : page.nextUpdate };
    after = page.next;
  }
}

/** Files in a folder, as many at a time as may travel. */
async function saveFiles(api: Api, folder: string, files: readonly FileContent[]): Promise<void> {
  const most = 100;
  for (let at = 0; at < files.length; at += most) await api.shell('saveInFolder', { folder, files: files.slice(at, at + most) });
}

export interface PublishOrder {
  /** Of the dialog that asks where. */
  readonly title: string;
  readonly files: readonly FileContent[];
  /** Who answers. */
  readonly authorities: readonly string[];
}

export interface SavedWithAnswers extends SavedAnswers {
  /** Why the first of those that could not answer could not. */
  readonly failure: unknown;
}

/** Saves lists and answers in one folder. Undefined when the person chose no folder. An authority that cannot answer keeps nobody from the answers of the others. */
export async function saveWithAnswers(
  api: Api,
  { title, files, authorities }: PublishOrder,
  onAnswered: (certificates: number) => void,
): Promise<SavedWithAnswers | undefined> {
  const { folder } = await api.shell('chooseFolder', { title });
  if (folder === null) return undefined;
  await saveFiles(api, folder.id, files);
  let [certificates, failure] = [0, undefined as unknown];
  const ends: string[] = [];
  const onPage = (more: number) => onAnswered((certificates += more));
  for (const authority of authorities) {
    try {
      ends.push(...endOf(await saveAnswers(api, { folder: folder.id, authority, onPage })));
    } catch (reason) {
      failure ??= reason;
    }
  }
  return { certificates, until: ends.sort()[0], failure };
}

const endOf = ({ until }: SavedAnswers): readonly string[] => (until === undefined ? [] : [until]);
