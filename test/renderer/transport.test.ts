import { expect, test } from 'vitest';
import { FileContent, Secret } from '../../main/contract/client.ts';
import { transportOver } from '../../renderer/transport.ts';

const bytes = (text: string) => new TextEncoder().encode(text);

test('secrets and files travel beside the JSON, and the secret is wiped once it is sent', async () => {
  const passphrase = new Secret(bytes('correct horse'));
  const sent: { name: string; json: string; frames: string[] }[] = [];
  const transport = transportOver({
    calls: {},
    call: async (name, json, frames) => {
      sent.push({ name, json, frames: frames.map((frame) => new TextDecoder().decode(frame)) });
      return { json: '{"ok":true,"value":{"file":{"$frame":0,"as":"file","name":"a.pem"}}}', frames: [bytes('PEM')] };
    },
    subscribe: () => () => undefined,
  });
  const reply = await transport.call('session.signIn', { passphrase });
  expect(sent).toEqual([{ name: 'session.signIn', json: '{"passphrase":{"$frame":0,"as":"secret"}}', frames: ['correct horse'] }]);
  expect(passphrase.reveal().every((octet) => octet === 0)).toBe(true);
  expect(reply).toEqual({ ok: true, value: { file: new FileContent('a.pem', bytes('PEM')) } });
});

test('a secret is wiped though the call failed', async () => {
  const passphrase = new Secret(bytes('correct horse'));
  const transport = transportOver({ calls: {}, call: () => Promise.reject(new Error('gone')), subscribe: () => () => undefined });
  await expect(transport.call('session.signIn', { passphrase })).rejects.toThrow('gone');
  expect(passphrase.reveal().every((octet) => octet === 0)).toBe(true);
});
