import { parseMailbox, type Mailbox } from '../x509/mailbox.ts';

/**
 * How two addresses are compared within a practice: case counts for nothing, because no mail host of a practice tells
 * `N.Eze@` from `n.eze@`, and a second person under the same address would read the first one's mail.
 * @throws AppError input.invalid as `parseMailbox`
 */
export const mailboxKey = (address: string): string => keyOfMailbox(parseMailbox(address));

/** The same for an address that was parsed already. */
export const keyOfMailbox = (mailbox: Mailbox): string => mailbox.normalized.toLowerCase();
