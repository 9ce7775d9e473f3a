import type { SignatureFinding } from './finding.ts';
import type { SignerVerdict } from './verify-signed-data.ts';

/** What wraps a message: signed beside or around the content, encrypted, or something nobody here opens. */
export type LayerKind =
  | 'multipart-signed'
  | 'signed-data'
  | 'certs-only'
  | 'enveloped-data'
  | 'auth-enveloped-data'
  | 'compressed-data'
  | 'openpgp-signed'
  | 'openpgp-encrypted'
  | 'other';

/** One layer, JSON as it stands. The first signer stands beside `signers`, for the many messages that have one. */
export interface Layer {
  readonly kind: LayerKind;
  readonly signed: boolean;
  /** `valid` exactly when the layer is signed and there is no finding. `encrypted`: what is inside cannot be seen. */
  readonly status: 'valid' | 'invalid' | 'encrypted' | 'unsigned';
  readonly signer: SignerVerdict['signer'];
  readonly signingTime: string | null;
  readonly findings: readonly SignatureFinding[];
  readonly signers: readonly SignerVerdict[];
}

/** A layer that is signed; without a signer it is not. */
export function signedLayer(kind: LayerKind, signers: readonly SignerVerdict[], more: readonly SignatureFinding[] = []): Layer {
  const [first] = signers;
  const none: SignatureFinding[] = first === undefined ? [{ code: 'cms.no-signer', detail: 'Nobody signed this.' }] : [];
  const findings = [...more, ...none, ...signers.flatMap((signer) => signer.findings)];
  const valid = findings.length === 0 && signers.every((signer) => signer.valid);
  return {
    kind,
    signed: true,
    status: valid ? 'valid' : 'invalid',
    signer: first?.signer ?? null,
    signingTime: first?.signingTime ?? null,
    findings,
    signers,
  };
}

/** A layer that nobody signed. */
export const unsignedLayer = (
  kind: LayerKind,
  status: 'encrypted' | 'unsigned' | 'invalid',
  findings: readonly SignatureFinding[] = [],
): Layer => ({
  kind,
  signed: false,
  status,
  signer: null,
  signingTime: null,
  findings,
  signers: [],
});

/** A message holds when its outermost layer is signed and every signed layer holds, and none could not be read. */
export const isWhollyValid = (layers: readonly Layer[]): boolean =>
  layers[0]?.status === 'valid' && layers.every(({ status }) => status !== 'invalid');
