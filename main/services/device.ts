import type { DeviceStatus } from '../contract/device.ts';
import { unattendedAnswers } from '../contract/device.ts';
import { isSameOctets } from '../domain/encoding/octets.ts';
import { AppError } from '../domain/errors.ts';
import type { ReadStores } from '../ports/database.ts';
import { asVouched, findDevice, putDevice, type DeviceRecord } from './device-record.ts';
import { openDevice, stateOf, type DeviceParts } from './device-opening.ts';
import { runAlone } from './device-run.ts';
import type { AreaHandlers, Commit } from './handler.ts';
import { isKeyAtHand, openIssuer } from './issuers.ts';
import type { OpenIssuer } from './list-content.ts';
import { keepInKeychain } from './keychain-key.ts';
import { goesOnUntil, replaceAhead, signAhead } from './lists-ahead.ts';
import { answersFor, presignResponses } from './ocsp.ts';
import { openResponder, type OpenResponder } from './ocsp-responder.ts';
import { prepareAccess, writeAccess } from './operator-access.ts';
import { withOpenParts } from './operator-roster.ts';
import type { Session } from './open-session.ts';

const secretOctets = 32;

/** The computer that goes on alone. */
export function createDeviceHandlers(parts: DeviceParts): AreaHandlers<'device'> {
  return {
    status: async () => statusOf(parts),
    enable: async (_, { session }) => enable(parts, session),
    disable: async (_, { session }) => disable(parts, session),
    run: async () => runAlone(parts),
    presign: async ({ authority, after }) => {
      const unlocked = await openDevice(parts);
      try {
        return await presignResponses(parts, unlocked, { authority, after, ...unattendedAnswers });
      } finally {
        unlocked.wipe();
      }
    },
  };
}

async function statusOf(parts: DeviceParts, stores: ReadStores = parts.read()): Promise<DeviceStatus> {
  const device = await findDevice(stores);
  if (device === undefined) return { state: 'off', device: null, lists: [] };
  const { machine, enabledAt, enabledBy } = device;
  const lists: DeviceStatus['lists'][number][] = [];
  for (const { id, name } of await stores.authorities.list()) lists.push({ authority: id, name, until: await goesOnUntil(stores, id) });
  const by = (await stores.operators.find(enabledBy))?.name ?? enabledBy;
  return { state: await stateOf(parts, device), device: { machine, enabledAt, enabledBy: by }, lists };
}

/**
 * What the keychain holds is read back before anything relies on it. A computer that is enabled is never enabled over: what is wrong with it
 * is said, and an administrator disables it first.
 * @throws AppError conflict, device.keychain-unusable, device.keychain-emptied, device.keychain-replaced
 */
async function enable(parts: DeviceParts, { operator, unlocked }: Session): Promise<Commit<DeviceStatus>> {
  const known = await findDevice(parts.read());
  if (known !== undefined) {
    (await openDevice(parts)).wipe();
    throw new AppError('conflict', 'A computer goes on alone already.', { what: 'device', machine: known.machine });
  }
  const id = parts.random.uuid();
  const secret = parts.random.bytes(secretOctets);
  const { opening, unlocked: made } = parts.vault.createDevice(id, secret);
  made.wipe();
  try {
    await keepInKeychain(parts.keychain, id, secret);
  } finally {
    secret.fill(0);
  }
  const forget = () => void parts.keychain.delete(id).catch(() => undefined);
  try {
    const { compartment, ...granted } = await grantUnattended(parts, unlocked, { id, publicKey: made.publicKey });
    const issuers = await openAll(parts, unlocked);
    const responders = await openResponders(parts, unlocked);
    const commit: Commit<DeviceStatus> = async (stores, { time }) => {
      const now = (await stores.vault.compartments()).find((one) => one.compartment === 'unattended');
      if (now === undefined || !isSameOctets(now.publicKey, compartment) || (await findDevice(stores)) !== undefined)
        throw new AppError('stale', 'The vault was locked anew meanwhile.', { what: 'vault' });
      const { parameters, sealed } = opening;
      const { machine } = parts.origin;
      const { publicKey } = made;
      await putDevice(stores, { id, machine, publicKey, parameters, sealed, ...granted, enabledBy: operator.id, enabledAt: time });
      for (const issuer of issuers) {
        const latest = await stores.authorities.latestList(issuer.authority.id);
        if (latest !== undefined) await signAhead(stores, issuer, latest);
      }
      for (const { record } of responders) await record(stores, time);
      return { value: await statusOf(parts, stores), subject: { device: id, computer: machine } };
    };
    return Object.assign(commit, { takeBack: forget });
  } catch (error) {
    forget();
    throw error;
  }
}

async function grantUnattended(
  { read }: DeviceParts,
  unlocked: Session['unlocked'],
  device: Pick<DeviceRecord, 'id' | 'publicKey'>,
): Promise<Pick<DeviceRecord, 'grant' | 'voucher'> & { readonly compartment: Uint8Array }> {
  const isUnattended = (compartment: string) => compartment === 'unattended';
  return withOpenParts(read(), unlocked, isUnattended, async (open) => {
    const part = open.get('unattended');
    if (part === undefined) throw new AppError('store.corrupt', 'A part of the vault is missing.', { compartment: 'unattended' });
    const { enc, ciphertext } = await part.grantTo(device);
    return { grant: { enc, ciphertext }, voucher: part.vouch(asVouched(device)).code, compartment: part.record.publicKey };
  });
}

/** Every authority whose key signs now, to sign what comes ahead of its time. */
async function openAll(parts: DeviceParts, unlocked: Session['unlocked']): Promise<readonly OpenIssuer[]> {
  const issuers: OpenIssuer[] = [];
  for (const authority of await parts.read().authorities.list())
    if (await isKeyAtHand(parts, unlocked, authority))
      issuers.push({ ...(await openIssuer(parts, unlocked, authority)), ahead: await parts.keyAccess.sealAhead() });
  return issuers;
}

/** Who answers for what is asked about, for weeks to come: the computer certifies nobody. */
async function openResponders(parts: DeviceParts, unlocked: Session['unlocked']): Promise<readonly OpenResponder[]> {
  const now = parts.clock.now();
  const responders: OpenResponder[] = [];
  for (const authority of await parts.read().authorities.list())
    if (authority.ocspUrl !== null && (await isKeyAtHand(parts, unlocked, authority)))
      responders.push(await openResponder(parts, unlocked, authority, { now, until: answersFor(now) }));
  return responders;
}

/** The keychain is cleared first: were the unit to fail, the computer would open nothing, and say so. @throws AppError device.not-enabled; otherwise as `prepareAccess` */
async function disable(parts: DeviceParts, { unlocked }: Session): Promise<Commit<{ isKeychainCleared: boolean }>> {
  const device = await findDevice(parts.read());
  if (device === undefined) throw new AppError('device.not-enabled', 'No computer goes on alone here.');
  const access = await prepareAccess(parts, unlocked, (before) => before, 'goes');
  const isKeychainCleared = await parts.keychain.delete(device.id).catch(() => false);
  return async (stores) => {
    await writeAccess(stores, access);
    for (const { id } of await stores.authorities.list()) await replaceAhead(stores, id, []);
    return { value: { isKeychainCleared }, subject: { device: device.id, computer: device.machine, isKeychainCleared } };
  };
}
