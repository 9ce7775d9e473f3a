import { readFileSync } from 'node:fs';

const isFromSource = import.meta.url.endsWith('.ts');

/** The program that lies in every exported log; the build puts it beside the bundle. */
export const logVerifier = (): Uint8Array =>
  readFileSync(new URL(isFromSource ? '../../resources/verifier/verify_log.py' : './verify_log.py', import.meta.url));
