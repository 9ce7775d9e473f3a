import { readEncodedObjects } from '../domain/encoding/pem.ts';
import { inspect } from '../domain/inspect/inspect.ts';
import { viewFile, type ViewedObject } from '../domain/inspect/view-file.ts';
import { isOpenPgp } from '../domain/openpgp/armor.ts';
import { inspectOpenPgp } from '../domain/openpgp/inspect-openpgp.ts';
import { findProfile } from '../domain/profile/index.ts';
import { lintCertificate } from '../domain/lint/lint-certificate.ts';
import { readOcspResponse, type OcspResponse } from '../domain/x509/ocsp/read-response.ts';
import { checkOcspResponse } from '../domain/x509/path-validation/check-ocsp-response.ts';
import type { PathRequest } from '../domain/x509/path-validation/request.ts';
import { validatePath } from '../domain/x509/path-validation/validate-path.ts';
import { readCertificate, type Certificate } from '../domain/x509/read-certificate.ts';
import { readCertificateList, type CertificateList } from '../domain/x509/read-certificate-list.ts';
import { AppError } from '../domain/errors.ts';
import type { FileContent } from '../contract/secret.ts';
import type { Clock } from '../ports/clock.ts';
import type { Primitives } from '../ports/primitives.ts';
import type { AreaHandlers } from './handler.ts';

/** The pure tools: they need nobody signed in, keep nothing and log nothing. */
export function createCertificateTools(parts: {
  readonly primitives: Primitives;
  readonly clock: Clock;
}): Pick<AreaHandlers<'certificates'>, 'inspect' | 'verifyChain' | 'ocspCheck' | 'lint'> {
  const { primitives, clock } = parts;
  return {
    inspect: async ({ file, type, raw }) => {
      if (raw) return { objects: viewFile(file.bytes, (name, bytes) => primitives.digest(name, bytes)).objects.map(rawOf) };
      if (type === 'openpgp' || (type === 'auto' && isOpenPgp(file.bytes))) return inspectOpenPgp(file.bytes, primitives.digest);
      return inspect(file.bytes, (name, bytes) => primitives.digest(name, bytes), type === 'auto' ? {} : { type });
    },
    lint: async ({ file, profile }) => ({
      findings: lintCertificate(onlyCertificate(file), profile === undefined ? {} : { profile: findProfile(profile) }),
    }),
    verifyChain: async ({ certificate, trust, pool, crls, ocsp, time, email, dns, maxDepth, ...flags }) => {
      const request: PathRequest = {
        ...flags,
        target: onlyCertificate(certificate),
        anchors: trust.flatMap(readCertificates),
        pool: [...certificatesAfterFirst(certificate), ...pool.flatMap(readCertificates)],
        crls: crls.flatMap(readLists),
        ocspResponses: ocsp.flatMap(readResponses),
        time: time === undefined ? clock.now() : new Date(time),
        ...(email === undefined ? {} : { email }),
        ...(dns === undefined ? {} : { dns }),
        ...(maxDepth === undefined ? {} : { maxDepth }),
      };
      return validatePath(request, primitives);
    },
    ocspCheck: async ({ response, issuer, certificate, time, allowWeak }) => {
      const question = {
        response: onlyResponse(response),
        issuer: onlyCertificate(issuer),
        certificate: onlyCertificate(certificate),
        allowWeak,
        time: time === undefined ? clock.now() : new Date(time),
      };
      return checkOcspResponse(question, primitives);
    },
  };
}

/** The values of an object where they stand; none for what may hold a private key. */
const rawOf = ({ kind, sha256, size, raw }: ViewedObject) => ({ type: kind, sha256, size, raw: raw?.tree ?? null });

const readCertificates = (file: FileContent): Certificate[] => readEncodedObjects(file.bytes).map(({ der }) => readCertificate(der));

const readLists = (file: FileContent): CertificateList[] => readEncodedObjects(file.bytes).map(({ der }) => readCertificateList(der));

const readResponses = (file: FileContent): OcspResponse[] => readEncodedObjects(file.bytes).map(({ der }) => readOcspResponse(der));

function onlyResponse(file: FileContent): OcspResponse {
  const [first] = readResponses(file);
  if (first === undefined) throw new AppError('input.empty', 'There is no OCSP response in this file.');
  return first;
}

function onlyCertificate(file: FileContent): Certificate {
  const [first] = readEncodedObjects(file.bytes);
  if (first === undefined) throw new AppError('input.empty', 'There is no certificate in this file.');
  return readCertificate(first.der);
}

/** A chain file: what follows the certificate may help to build its path; none of it is trusted. */
const certificatesAfterFirst = (file: FileContent): Certificate[] =>
  readEncodedObjects(file.bytes)
    .slice(1)
    .map(({ der }) => readCertificate(der));
