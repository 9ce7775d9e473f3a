import { describe, expect, test } from 'vitest';
import { Secret } from '../../main/contract/client.ts';
import { addressFault } from '../../renderer/features/first-run/certificate-step.tsx';
import { domainFault, emptyDraft, faultsOf, initInput } from '../../renderer/features/first-run/practice-draft.ts';

const good = { ...emptyDraft, name: ' Ridgeway Family Practice ', mailDomain: ' ridgeway.example ' };

describe('what the first step of the first run takes', () => {
  test('says nothing about a name and a domain that are fine', () => {
    expect(faultsOf(good)).toEqual({});
  });

  test.each(['ridgeway.example', 'Praxis-Süd.example', 'клиника.example', 'mail.a.example'])('takes the domain %j', (domain) => {
    expect(domainFault(domain)).toBeUndefined();
  });

  test.each(['ridgeway', 'ridge way.example', 'ridgeway..example', '-a.example', '10.0.0.1', 'https://ridgeway.example'])(
    'refuses the domain %j and shows what one looks like',
    (domain) => {
      expect(domainFault(domain)).toContain('ridgeway.example');
    },
  );

  test('repairs a whole address typed for a domain', () => {
    expect(domainFault('nadia@ridgeway.example')).toContain('ridgeway.example');
    expect(domainFault('nadia@ridgeway.example')).toContain('Leave out the @');
  });

  test('asks for each field that is missing', () => {
    expect(Object.keys(faultsOf(emptyDraft))).toEqual(['name', 'mailDomain']);
  });

  test('wants a publish address in http, and nothing else', () => {
    expect(faultsOf({ ...good, publishUrl: 'http://pki.ridgeway.example' })).toEqual({});
    expect(faultsOf({ ...good, publishUrl: 'https://pki.ridgeway.example' }).publishUrl).toContain('not https');
    expect(faultsOf({ ...good, publishUrl: 'http://a b' }).publishUrl).toContain('not an address');
  });

  test('leaves out what was not filled in, and the spaces around what was', () => {
    const passphrase = new Secret(new Uint8Array(1));
    const input = initInput(good, ' Nadia Rahman ', passphrase);
    expect(input).toEqual({
      name: 'Ridgeway Family Practice',
      mailDomain: 'ridgeway.example',
      operator: 'Nadia Rahman',
      passphrase,
      rootAlgorithm: 'p384',
      issuingAlgorithm: 'p256',
      subjectAlgorithm: 'rsa-3072',
    });
    expect(initInput({ ...good, publishUrl: ' http://pki.example ' }, 'N', passphrase).publishUrl).toBe('http://pki.example');
  });

  test('takes an address in any script and refuses one without its domain', () => {
    expect(addressFault('олена@клиника.example', 'ridgeway.example')).toBeUndefined();
    expect(addressFault('nadia', 'ridgeway.example')).toContain('n.rahman@ridgeway.example');
    expect(addressFault(' ', 'ridgeway.example')).toBe('Type your mail address.');
  });
});
