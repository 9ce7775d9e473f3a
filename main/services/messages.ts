import { FileContent } from '../contract/secret.ts';
import { shortMessage, wholeOf } from '../domain/encoding/octet-source.ts';
import { sealedMessageIn } from '../domain/mime/encrypted-part.ts';
import type { AreaHandlers } from './handler.ts';
import { openMessage } from './open-message.ts';
import { signMessage, type SignMessageParts } from './sign-message.ts';

/** Octets: longer ones are for the pure tools, with a key that was brought. */
const longest = 64 << 20;

/** Files signed and opened with keys of people here, in the vault or on their cards. */
export function createMessageHandlers(parts: SignMessageParts): AreaHandlers<'messages'> {
  return {
    sign: async ({ reason, ...order }, { session }) => {
      const { row, message } = await signMessage(parts, session.unlocked, order);
      const file = new FileContent(order.isDetached ? 'smime.p7s' : 'smime.p7m', wholeOf(message, longest + shortMessage));
      const subject = { certificate: row.id, person: row.personId ?? '' };
      return async () => ({ value: { file, certificate: row.id, person: row.personId ?? '' }, subject, reason });
    },
    open: async ({ file, card, reason }, { session }) => {
      const { row, opened } = await openMessage(parts, session.unlocked, sealedMessageIn(file.octets), card);
      const { content, ...about } = opened;
      const whole = new FileContent('content', wholeOf(content, longest));
      const [certificate, person] = [row.id, row.personId ?? ''];
      return async () => ({ value: { ...about, file: whole, certificate, person }, subject: { certificate, person }, reason });
    },
  };
}
