/** A list of keys whose private half somebody else knows, as it was added. */
export interface CompromisedListRecord {
  readonly id: string;
  /** The name of the file it came from. */
  readonly name: string;
  /** Keys it added to those known before. */
  readonly keys: number;
  readonly addedAt: string;
}

export interface CompromisedKeyReader {
  /** Whether one of these names, as `listedNames` gives them, is on a list. */
  isListed(names: readonly string[]): Promise<boolean>;
  /** Those of the names that are. */
  listed(names: readonly string[]): Promise<ReadonlySet<string>>;
  /** The newest first. */
  lists(): Promise<readonly CompromisedListRecord[]>;
}

export interface CompromisedKeyStore extends CompromisedKeyReader {
  /** Adds names, none of which is listed yet. @throws AppError conflict */
  add(list: CompromisedListRecord, names: readonly string[]): Promise<void>;
}
