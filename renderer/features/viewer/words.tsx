import type { Viewed, ViewedChain } from '../../../main/contract/viewer.ts';
import type { JsonObject, JsonValue } from '../../../main/domain/inspect/json.ts';
import { t } from '../../i18n/translate.ts';
import { Columns } from '../../shell/columns.tsx';
import { Answers, type Answer } from '../../ui/answers.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Panel } from '../../ui/panel.tsx';
import { ValidityLine } from '../../ui/validity-line.tsx';
import { algorithmName, commonName } from '../certificates/names.ts';
import { ChainPanel } from './chain-panel.tsx';

type Shown = Viewed['objects'][number];

/** One object in words: what it is, whose, until when, and whether the practice vouches for it. */
export function Words({ object }: { readonly object: Shown }) {
  const { chain, reading } = object;
  const answers = (
    <>
      <Verdict object={object} />
      {reading !== null && (
        <Panel>
          <Answers rows={answersOf(object.kind, reading)} />
        </Panel>
      )}
    </>
  );
  if (chain === null || chain.links.length === 0) return answers;
  return (
    <Columns sideWidth={372} side={<ChainPanel chain={chain} />}>
      {answers}
    </Columns>
  );
}

function Verdict({ object: { kind, chain, raw } }: { readonly object: Shown }) {
  if (kind === 'pkcs8' || kind === 'pkcs12' || (raw === null && kind === 'unknown'))
    return (
      <Notice state="soon" title={t('viewer.key-title')}>
        {t('viewer.key-text')}
      </Notice>
    );
  return chain === null ? <NotJudged /> : <ChainVerdict chain={chain} />;
}

const NotJudged = () => (
  <Notice state="unknown" title={t('viewer.not-judged')}>
    {t('viewer.not-judged-text')}
  </Notice>
);

const ChainVerdict = ({ chain: { validation } }: { readonly chain: ViewedChain }) => (
  <Notice state={validation.valid ? 'fine' : 'stopped'} title={t(validation.valid ? 'viewer.trusted' : 'viewer.not-trusted')}>
    {t(validation.valid ? 'viewer.trusted-text' : 'viewer.not-trusted-text')}
  </Notice>
);

const textOf = (value: JsonValue | undefined): string => (typeof value === 'string' || typeof value === 'number' ? String(value) : '');
const textsOf = (value: JsonValue | undefined): readonly string[] =>
  Array.isArray(value) ? value.map((item) => textOf(item as JsonValue)) : [];

function answersOf(kind: Shown['kind'], reading: JsonObject): readonly Answer[] {
  const { subject, issuer, notBefore, notAfter, emails, purposes, subjectPublicKeyInfo: key } = reading;
  const isDated = typeof notBefore === 'string' && typeof notAfter === 'string';
  return [
    { question: t('viewer.kind'), answer: t(`viewer.kind.${kind}`) },
    ...named('viewer.whose', textOf(subject)),
    ...named('viewer.issued-by', textOf(issuer)),
    ...(Array.isArray(emails) ? [{ question: t('viewer.mailboxes'), answer: <Lines texts={textsOf(emails)} /> }] : []),
    ...(isDated ? [{ question: t('viewer.until'), answer: <ValidityLine from={notBefore} until={notAfter} isStopped={false} /> }] : []),
    ...(textsOf(purposes).length > 0 ? [{ question: t('viewer.purpose'), answer: textsOf(purposes).join(', ') }] : []),
    ...(isKey(key) ? [{ question: t('viewer.key'), answer: keyName(key) }] : []),
  ];
}

const isKey = (value: JsonValue | undefined): value is JsonObject => typeof value === 'object' && value !== null && !Array.isArray(value);

const keyName = (key: JsonObject): string =>
  [algorithmName(textOf(key['algorithm'])), textOf(key['curve']), textOf(key['keySize'])].filter((text) => text !== '').join(' ');

const named = (question: 'viewer.whose' | 'viewer.issued-by', name: string): readonly Answer[] =>
  name === '' ? [] : [{ question: t(question), answer: <bdi>{commonName(name)}</bdi>, detail: <bdi>{name}</bdi> }];

function Lines({ texts }: { readonly texts: readonly string[] }) {
  if (texts.length === 0) return t('viewer.no-mailbox');
  return texts.map((text, at) => (
    <div key={at}>
      <bdi>{text}</bdi>
    </div>
  ));
}
