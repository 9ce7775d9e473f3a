import type { OpenRequest, RequestPreview } from '../contract/requests.ts';
import { AppError } from '../domain/errors.ts';
import { hexEncode } from '../domain/encoding/hex.ts';
import type { LintFinding } from '../domain/lint/finding.ts';
import { passLint } from '../domain/lint/lint-gate.ts';
import { lintCertificate } from '../domain/lint/lint-certificate.ts';
import { compareRequest } from '../domain/request/compare-request.ts';
import { requestedMailboxes } from '../domain/request/request-subject.ts';
import { formatName } from '../domain/x509/name.ts';
import { mailboxesOf } from '../domain/x509/path-validation/identity.ts';
import type { IssuanceEngine, IssuanceOrder } from '../ports/issuance.ts';
import type { OutsideRequestRecord } from '../ports/stores/outside-requests.ts';
import type { Random } from '../ports/random.ts';
import { authoriseOverride } from './authorise.ts';
import type { AreaHandlers } from './handler.ts';
import { issueCertificates } from './issue-certificates.ts';
import { acceptAnswer, type OutsideAnswerParts } from './outside-answer.ts';
import { makeRequest, requestFile, type OutsideRequestParts } from './outside-request.ts';
import { recordForRequest } from './record-for-request.ts';
import { clearFromToken, destroyUnusedKey } from './unused-key.ts';
import { planRequest, profilesForKey, type RequestPlan, type RequestPlanParts } from './request-plan.ts';

export interface RequestParts extends RequestPlanParts, OutsideRequestParts, OutsideAnswerParts {
  readonly engine: IssuanceEngine;
  readonly random: Random;
}

/** Certificates for keys that were made elsewhere, and from authorities outside for keys that are made here. */
export function createRequestHandlers(parts: RequestParts): AreaHandlers<'requests'> {
  return {
    make: async (input) => makeRequest(parts, input),
    open: async () => ({ requests: (await parts.read().outsideRequests.open()).map(viewRequest) }),
    file: async ({ request, format }) => ({ file: requestFile((await findOpen(parts, request)).der, format) }),
    withdraw: async ({ request: id }) => {
      const { keyId, personId } = await findOpen(parts, id);
      const person = personId === null ? {} : { person: personId };
      return async (stores, { time }) => {
        await stores.outsideRequests.remove(id);
        await destroyUnusedKey(stores, keyId, time);
        if (personId !== null) await clearFromToken(stores, { id: parts.random.uuid(), keyId, personId, time });
        return { value: { request: id }, subject: { request: id, key: keyId, ...person } };
      };
    },
    accept: async ({ files }) => acceptAnswer(parts, files),
    preview: async (input) => preview(parts, await planRequest(parts, input)),
    sign: async ({ override, ...input }, { session }) => {
      authoriseOverride(session, override);
      const plan = await planRequest(parts, input);
      requireNew(await parts.read().keys.findBySpki(spkiDigest(parts, plan)));
      const overridden = passLint(findingsOf(plan), override);
      const [issued] = await issueCertificates(parts, session.unlocked, plan.authority, [orderOf(parts, plan)], {
        profiles: [plan.profile],
        sign: [],
        decrypt: [],
        ...(overridden.reason === undefined ? {} : { override: overridden.reason }),
      });
      if (issued === undefined) throw new AppError('internal', 'nothing was made for a request');
      return recordForRequest(parts.read(), plan, issued, overridden);
    },
  };
}

/** @throws AppError not-found; conflict when its answer is there */
async function findOpen({ read }: RequestParts, id: string): Promise<OutsideRequestRecord> {
  const request = await read().outsideRequests.find(id);
  if (request === undefined) throw new AppError('not-found', 'There is no such request.', { what: 'request', id });
  if (request.certificateId !== null) throw new AppError('conflict', 'This request has its answer already.', { what: 'request', id });
  return request;
}

const viewRequest = ({ id, subject, emails, purpose, personId, keyId, createdAt }: OutsideRequestRecord): OpenRequest => ({
  request: id,
  subject,
  emails,
  purpose,
  person: personId,
  key: keyId,
  createdAt,
});

const spkiDigest = ({ primitives }: RequestParts, { request }: RequestPlan): string =>
  hexEncode(primitives.digest('sha256', request.subjectPublicKeyInfo.der));

/** One key, one certificate: whoever wants another makes a new key for it. */
function requireNew(known: { readonly id: string } | undefined): void {
  if (known !== undefined)
    throw new AppError('conflict', 'This key has a certificate here already: make the request with a new key.', {
      what: 'key',
      id: known.id,
    });
}

const findingsOf = ({ draft, profile }: RequestPlan): LintFinding[] => lintCertificate(draft, { profile });

const orderOf = ({ random }: RequestParts, { request, algorithm, profile, person, notBefore }: RequestPlan): IssuanceOrder => ({
  certificateId: random.uuid(),
  keyId: random.uuid(),
  profile: profile.id,
  algorithm,
  person,
  notBefore,
  publicKey: request.subjectPublicKeyInfo.der,
});

async function preview(parts: RequestParts, plan: RequestPlan): Promise<RequestPreview> {
  const { request, algorithm, profile, authority, owner, draft } = plan;
  return {
    asked: { subject: formatName(request.subject.rdnSequence), emails: requestedMailboxes(request), keyAlgorithm: algorithm },
    profile: profile.id,
    profiles: (await profilesForKey(parts.read(), algorithm)).map(({ id }) => id),
    person: owner === undefined ? null : { id: owner.id, name: owner.name },
    issuerName: authority.name,
    made: {
      subject: formatName(draft.subject.rdnSequence),
      emails: mailboxesOf(draft),
      notBefore: draft.notBefore.toISOString(),
      notAfter: draft.notAfter.toISOString(),
    },
    items: compareRequest(request, draft),
    findings: findingsOf(plan),
  };
}
