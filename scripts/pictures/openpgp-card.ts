import { lacksReaderService, newReaderDesk } from '../../test/services/support/reader-service.ts';

/** An OpenPGP card made of software, and a reader for it. */
export interface OpenPgpCard {
  readonly pin: string;
  readonly adminPin: string;
  readonly putIn: () => void;
  /** Ends the reader service. */
  readonly end: () => void;
}

/** Whatever is started from here on finds its reader service. Undefined where none can be started, which is said. */
export function makeOpenPgpCard(): OpenPgpCard | undefined {
  if (lacksReaderService('pictures of an OpenPGP card')) return undefined;
  const ends: (() => void)[] = [];
  const desk = newReaderDesk((end) => ends.push(end));
  const [pin, adminPin] = ['482915', '59204718'];
  const card = desk.newOpenPgpCard({ pin, adminPin, serial: '00008820' });
  return {
    pin,
    adminPin,
    putIn: () => void desk.start('two').insert(card),
    end: () => ends.forEach((end) => end()),
  };
}
