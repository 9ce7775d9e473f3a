import { FileContent } from '../contract/secret.ts';
import type { Reply } from '../contract/door.ts';
import { hostActs, hostEvents, type HostAct, type HostAnswer, type HostEvent, type HostRequestInput } from '../contract/host-act.ts';
import { AppError } from '../domain/errors.ts';
import { withFileContent } from './host-actor.ts';

export interface HostRequest {
  readonly kind: 'host-request';
  readonly id: number;
  readonly act: string;
  readonly input: unknown;
}

/** The core's side of the way to its shell: the host port, over messages. */
export class RemoteHost {
  readonly #listeners = new Set<(event: HostEvent) => void>();
  readonly #pending = new Map<number, { resolve: (value: unknown) => void; reject: (error: unknown) => void }>();
  readonly #say: (request: HostRequest) => Promise<void>;
  #nextId = 1;

  constructor(say: (request: HostRequest) => Promise<void>) {
    this.#say = say;
  }

  async chooseFile(request: HostRequestInput<'chooseFile'>): Promise<FileContent | undefined> {
    const { files } = await this.#act('chooseFile', request);
    return files.map(({ name, bytes }) => new FileContent(name, bytes))[0];
  }

  async saveFiles(request: HostRequestInput<'saveFiles'>): Promise<string | undefined> {
    return (await this.#act('saveFiles', request)).path ?? undefined;
  }

  async printToPdf(document: HostRequestInput<'printToPdf'>['files'][number]): Promise<FileContent> {
    const [file] = (await this.#act('printToPdf', { files: [document] })).files;
    if (file === undefined) throw new AppError('unsupported', 'Nothing was printed.');
    return new FileContent(file.name, file.bytes);
  }

  async notify(notice: HostRequestInput<'notify'>): Promise<void> {
    await this.#act('notify', notice);
  }

  onEvent(listener: (event: HostEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** An answer has come. */
  settle(id: number, reply: Reply): void {
    const pending = this.#pending.get(id);
    this.#pending.delete(id);
    if (reply.ok) pending?.resolve(reply.value);
    else pending?.reject(new AppError(reply.error.code, reply.error.message, reply.error.details));
  }

  /** Something has happened; what is not on the list is let go. */
  tell(event: string): void {
    const known = hostEvents.find((name) => name === event);
    if (known !== undefined) for (const listener of this.#listeners) listener(known);
  }

  /** The shell is gone: nobody will answer. */
  close(): void {
    for (const { reject } of this.#pending.values()) reject(new AppError('cancelled', 'The window is gone.'));
    this.#pending.clear();
  }

  async #act<A extends HostAct>(act: A, input: HostRequestInput<A>): Promise<HostAnswer<A>> {
    const id = this.#nextId++;
    const value = await new Promise((resolve, reject) => {
      this.#pending.set(id, { resolve, reject });
      this.#say({ kind: 'host-request', id, act, input: withFileContent(input) }).catch(reject);
    });
    const answer = hostActs[act].answer.safeParse(value);
    if (!answer.success) throw new AppError('internal', 'The shell gave an answer that does not fit.', { act });
    return answer.data as HostAnswer<A>;
  }
}
