import { parseMailbox } from '../x509/mailbox.ts';

/**
 * How two addresses are compared within a practice: case counts for nothing, because no mail host of a practice tells
 * `N.Eze@` from `n.eze@`, and a second person under the same address would read the first one's mail.
 * @throws AppError input.invalid as `parseMailbox`
 */
export const mailboxKey = (address: string): string => parseMailbox(address).normalized.toLowerCase();
