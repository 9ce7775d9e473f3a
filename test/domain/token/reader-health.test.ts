import { describe, expect, test } from 'vitest';
import { knownCard } from '../../../main/domain/token/known-cards.ts';
import { readerHealth, type SeenAtReaders } from '../../../main/domain/token/reader-health.ts';

const yubiKey = '3bfd1300008131fe158073c021c057597562694b657940';
const works = (name: string) => ({ name, state: 'working', error: null }) as const;
const crashed = (name: string) => ({ name, state: 'crashed', error: { code: 'token.module-crashed', details: { module: name } } }) as const;

/** One reader with a card in it that no driver shows. */
const at = (change: Partial<SeenAtReaders>, atr: string | null = yubiKey): SeenAtReaders => ({
  service: 'running',
  readers: [{ name: 'Omnikey 3121 00 00', card: 'present', atr }],
  tokens: [],
  modules: [works('OpenSC')],
  ...change,
});

const codes = (seen: SeenAtReaders) => readerHealth(seen).map(({ reader, error }) => `${reader ?? 'all'}: ${error?.code ?? 'fine'}`);

describe('where no card is seen', () => {
  test('the reader service is named first, whatever else is wrong', () => {
    expect(codes(at({ service: 'stopped', readers: [] }))).toEqual(['all: token.service-stopped']);
    expect(codes(at({ service: 'missing', readers: [] }))).toEqual(['all: token.service-missing']);
    expect(codes(at({ service: 'refused', readers: [] }))).toEqual(['all: token.service-refused']);
    expect(codes(at({ service: 'unknown', readers: [] }))).toEqual([]);
  });

  test('no reader, no card and a card that does not answer are three things', () => {
    const readers = [
      { name: 'One', card: 'none', atr: null },
      { name: 'Two', card: 'mute', atr: null },
    ] as const;
    expect(codes(at({ readers: [] }))).toEqual(['all: token.no-reader']);
    expect(codes(at({ readers }))).toEqual(['One: token.absent', 'Two: token.card-mute']);
  });
});

describe('a card that is in', () => {
  const first = 'Omnikey 3121 00 00';

  test('is fine where a driver shows it in this reader, whatever the driver puts around or cuts off the name', () => {
    for (const slot of [first, 'Omnikey 3121 00', `Yubico ${first} (PIV)`]) {
      const [finding] = readerHealth(at({ tokens: [{ serialNumber: 'aa01', reader: slot }] }));
      expect(finding).toEqual({ reader: first, token: 'aa01', error: null });
    }
    expect(codes(at({ tokens: [{ serialNumber: 'aa01', reader: '' }] }))).toEqual([`${first}: token.card-unknown`]);
  });

  test('lacks its driver where none that knows its kind is installed', () => {
    expect(readerHealth(at({ modules: [works('SoftHSM'), { name: 'OpenSC', state: 'missing', error: null }] }))[0]?.error).toEqual({
      code: 'token.driver-missing',
      details: { card: 'YubiKey', drivers: ['YubiKey', 'OpenSC'] },
    });
  });

  test('is behind a driver that does not work, where that is the one that knows it', () => {
    expect(codes(at({ modules: [crashed('OpenSC'), works('SoftHSM')] }))).toEqual([`${first}: token.module-crashed`]);
    expect(codes(at({ modules: [crashed('OpenSC'), works('SoftHSM')] }, '3b00'))).toEqual([`${first}: token.card-unknown`]);
    expect(codes(at({ modules: [crashed('OpenSC')] }, '3b00'))).toEqual([`${first}: token.module-crashed`]);
  });

  test('is unknown where the drivers work and none shows it', () => {
    expect(readerHealth(at({}))[0]?.error).toEqual({ code: 'token.card-unknown', details: { card: 'YubiKey' } });
    expect(readerHealth(at({}, '3b00'))[0]?.error).toEqual({ code: 'token.card-unknown', details: {} });
  });
});

test('kinds of cards are known by what they say when they are switched on', () => {
  expect(knownCard(yubiKey)?.name).toBe('YubiKey');
  expect(knownCard('3BDA18FF81B1FE751F030031F573C001600090001C')?.name).toBe('OpenPGP card');
  expect(knownCard('3bfe1800008131fe45803181548048534d3173802140810 7fa'.replace(' ', ''))?.name).toBe('SmartCard-HSM');
  expect(knownCard('3b00')).toBeUndefined();
});
