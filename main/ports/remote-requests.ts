/** What is sent, and how much of an answer is taken. */
export interface RemoteRequest {
  /** http or https, as a person named it. */
  readonly url: string;
  readonly contentType: string;
  readonly accept: string;
  readonly body: Uint8Array;
  /** Octets. */
  readonly mostOctets: number;
}

export interface RemoteAnswer {
  readonly status: number;
  readonly body: Uint8Array;
}

/**
 * One POST to another computer, for no other reason than that a person asked for it just now. Over TLS it is of version 1.2 or newer and the peer's
 * certificate is checked, name included. It follows nobody elsewhere, takes no longer answer than was said, and gives up after some seconds.
 */
export interface RemoteRequests {
  /** @throws AppError remote.unreachable, remote.untrusted, remote.refused, input.too-large, input.invalid */
  post(request: RemoteRequest): Promise<RemoteAnswer>;
}
