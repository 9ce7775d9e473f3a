/** A keyset page: `next` is opaque and absent on the last page. */
export interface Page<T> {
  readonly rows: readonly T[];
  readonly next?: string;
}

/** @throws AppError input.invalid, from whoever serves it, with details {field}: `limit` outside 1 to 1,000, or an `after` that is no `next` of the same list and order. */
export interface PageRequest {
  readonly limit: number;
  readonly after?: string | undefined;
}
