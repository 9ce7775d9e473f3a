import type { ModuleSummary, TokenSummary } from '../../../../main/contract/tokens.ts';
import { createApi } from '../../../../renderer/api.ts';
import { CardsScreen } from '../../../../renderer/features/cards/cards-screen.tsx';
import { EnrolCardDialog } from '../../../../renderer/features/cards/enrol-card-dialog.tsx';
import { ApiContext } from '../../../../renderer/state/api-context.ts';
import { emptyCard, sampleCard, sampleDriver, signingCertificate } from '../../support/sample-cards.ts';
import { SceneShell } from './overview.tsx';

interface Seen {
  readonly tokens?: readonly TokenSummary[];
  readonly modules?: readonly ModuleSummary[];
}

const nothing = () => undefined;

/** A core that sees these cards and does nothing else. */
function coreWith(seen: Seen) {
  const answers: Readonly<Record<string, unknown>> = {
    'tokens.list': { tokens: [], modules: [sampleDriver()], unfinished: [], lost: [], readers: [], ...seen },
    'workspace.status': { practiceName: 'Ridgeway Family Practice' },
    'people.show': { certificates: [] },
  };
  return createApi({ call: (name) => Promise.resolve({ ok: true, value: answers[name] }), subscribe: () => nothing });
}

function sceneWith(seen: Seen, isAsking = false) {
  const api = coreWith(seen);
  return function CardsScene() {
    return (
      <ApiContext value={api}>
        <SceneShell current="cards">
          <CardsScreen />
        </SceneShell>
        {isAsking && <EnrolCardDialog serialNumber={seen.tokens?.[0]?.serialNumber ?? ''} onClose={nothing} />}
      </ApiContext>
    );
  };
}

const hung = sampleDriver({
  name: 'YKCS11',
  library: '/usr/lib/x86_64-linux-gnu/libykcs11.so',
  state: 'hung',
  error: {
    code: 'token.device-failed',
    message: 'The card or its driver did not work.',
    hint: 'Take the card out, put it back in, then try again. If it happens again, try another reader.',
  },
});
const soon = signingCertificate({ notAfter: '2026-12-05T12:00:00Z' });

export const CardsScene = sceneWith({ tokens: [sampleCard({ certificates: [soon] }), emptyCard()], modules: [sampleDriver(), hung] });
export const NoCardScene = sceneWith({});
export const BlindScene = sceneWith({ modules: [hung] });
export const CardPinScene = sceneWith({ tokens: [sampleCard({ unfinished: true, isEnrolmentBegun: true })] }, true);
export const CardLowScene = sceneWith({ tokens: [sampleCard({ unfinished: true, isEnrolmentBegun: true, pin: 'count-low' })] }, true);
export const CardLastTryScene = sceneWith({ tokens: [sampleCard({ unfinished: true, isEnrolmentBegun: true, pin: 'final-try' })] }, true);
export const CardLockedScene = sceneWith({ tokens: [sampleCard({ pin: 'locked' })] }, true);
export const CardAskScene = sceneWith({ tokens: [sampleCard()] }, true);
