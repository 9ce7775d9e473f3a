import { fireEvent, screen } from '@testing-library/react';
import { expect, test } from 'vitest';
import type { Secret } from '../../main/contract/client.ts';
import type { Reply } from '../../main/contract/door.ts';
import { SettleCardDialog } from '../../renderer/features/cards/settle-card-dialog.tsx';
import { UnfinishedPanel } from '../../renderer/features/cards/unfinished-panel.tsx';
import { show, standInForLayout, stubCore } from './support/render.tsx';
import { sampleCard, sampleDriver } from './support/sample-cards.ts';

standInForLayout();

const card = sampleCard({ unfinished: true });
const wrong: Reply = { ok: false, error: { code: 'token.pin-incorrect', message: '', hint: '', details: {}, traceId: '' } };

function coreWith(...answers: readonly Reply[]) {
  const pins: string[] = [];
  const core = stubCore(async (name, input) => {
    if (name === 'tokens.list')
      return { ok: true, value: { tokens: [card], modules: [sampleDriver()], unfinished: [], lost: [], readers: [] } };
    if (name !== 'tokens.reconcile') return new Promise<Reply>(() => undefined);
    pins.push(new TextDecoder().decode((input as { readonly pin: Secret }).pin.reveal()));
    return answers[pins.length - 1] ?? wrong;
  });
  return { ...core, pins };
}

const typePin = async (pin: string): Promise<void> => {
  fireEvent.input(await screen.findByLabelText('Card PIN'), { target: { value: pin } });
  fireEvent.click(screen.getByRole('button', { name: 'Bring it up to date' }));
};

test('what a card is owed is settled by its PIN; a wrong one and none at all are told, and nothing is settled', async () => {
  const core = coreWith(wrong, { ok: true, value: { token: card.serialNumber, finished: 1, abandoned: 0 } });
  show(<SettleCardDialog serialNumber={card.serialNumber} onClose={() => undefined} />, core.api);
  fireEvent.click(await screen.findByRole('button', { name: 'Bring it up to date' }));
  expect(core.pins).toEqual([]);
  await typePin('409617');
  expect(await screen.findByText(/That PIN was wrong/)).toBeTruthy();
  await typePin('482915');
  expect(await screen.findByRole('dialog', { name: 'Card 4471 is up to date' })).toBeTruthy();
  expect(core.pins).toEqual(['409617', '482915']);
});

test('a key that was begun for an authority on a card that is out is told of, with what takes it off', () => {
  const begunAt = new Date().toISOString();
  const begun = {
    token: '00a9f3d20812',
    personId: null,
    personName: null,
    authority: 'Card CA',
    begunAt,
    state: 'begun',
    isEnrolment: false,
  } as const;
  const { container } = show(<UnfinishedPanel unfinished={[begun]} />);
  expect(container.textContent).toMatch(/Card 0812: a key for the authority Card CA was begun .*type its PIN: the key is taken off/);
});
