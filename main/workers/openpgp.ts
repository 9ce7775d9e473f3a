import { parentPort } from 'node:worker_threads';
import { openPgpJs } from '../adapters/openpgp/openpgp-js.ts';
import { movable, type OpenPgpAnswer, type OpenPgpRequest } from '../adapters/openpgp/thread-protocol.ts';
import { AppError } from '../domain/errors.ts';
import type { NewOpenPgpKey, OpenPgpDecryptOrder } from '../ports/openpgp.ts';

/** One act on an OpenPGP key; then the thread ends, and with it all that was in its memory. */
parentPort?.once('message', (request: OpenPgpRequest) => void answer(request));

async function answer(request: OpenPgpRequest): Promise<void> {
  try {
    await act(request);
  } catch (error) {
    const { code, message, details } = error instanceof AppError ? error : new AppError('internal', 'OpenPGP failed');
    send({ ok: false, error: { code, message, details } });
  }
}

async function act(request: OpenPgpRequest): Promise<void> {
  switch (request.act) {
    case 'generate':
      return sendKey(await openPgpJs.generate(request.given));
    case 'armor':
      return send({ ok: true, made: await openPgpJs.armorCertificate(request.given.certificate) });
    case 'verify':
      return send({ ok: true, made: await openPgpJs.verify(request.given) });
    case 'decrypt':
      return decrypt(request.given);
    case 'unlocks': {
      const { key, password } = request.given;
      try {
        return send({ ok: true, made: await openPgpJs.unlocks(key, password) });
      } finally {
        for (const octets of [key, password]) octets.fill(0);
      }
    }
    case 'protect': {
      const { secrets, password } = request.given;
      try {
        return send({ ok: true, made: await openPgpJs.protect(secrets, password) });
      } finally {
        for (const octets of [secrets.primaryKey, secrets.subkey, password]) octets?.fill(0);
      }
    }
  }
}

async function decrypt(order: OpenPgpDecryptOrder): Promise<void> {
  try {
    const made = await openPgpJs.decrypt(order);
    const content = movable(made.content);
    made.content.fill(0);
    send({ ok: true, made: { ...made, content } }, [content.buffer]);
  } finally {
    order.key.fill(0);
    order.password?.fill(0);
  }
}

function sendKey(made: NewOpenPgpKey): void {
  const { primaryKey, subkey } = made;
  const [primarySecret, subkeySecret, revocation] = [movable(primaryKey.secret), movable(subkey.secret), movable(made.revocation)];
  for (const octets of [primaryKey.secret, subkey.secret, made.revocation]) octets.fill(0);
  const moved = {
    ...made,
    primaryKey: { ...primaryKey, secret: primarySecret },
    subkey: { ...subkey, secret: subkeySecret },
    revocation,
  };
  send({ ok: true, made: moved }, [primarySecret.buffer, subkeySecret.buffer, revocation.buffer]);
}

function send(message: OpenPgpAnswer, moved: readonly ArrayBuffer[] = []): void {
  parentPort?.postMessage(message, moved);
}
