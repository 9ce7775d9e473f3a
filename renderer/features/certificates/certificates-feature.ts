import type { Feature } from '../feature.ts';
import { RevokedScreen } from '../revoke/revoked-screen.tsx';
import { CertificateScreen } from './certificate-screen.tsx';
import { CertificatesScreen } from './certificates-screen.tsx';

/** What was issued, one by one, and what was revoked. */
export const certificates: Feature = {
  screens: { certificates: CertificatesScreen, certificate: CertificateScreen, revoked: RevokedScreen },
};
