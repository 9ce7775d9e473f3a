import type { Transport } from '../transport.ts';
import type { QueryCache } from './query-cache.ts';

/** Areas whose answers may differ after a change in an area. */
const touchedBy: Readonly<Record<string, readonly string[]>> = {
  account: ['account', 'operators'],
  policies: ['policies'],
  applications: ['applications', 'people', 'certificates', 'reports'],
  approvals: ['approvals'],
  device: ['device', 'reports'],
  people: ['people', 'certificates', 'reports', 'applications'],
  enrollment: ['enrollment', 'people', 'certificates', 'reports'],
  openpgp: ['openpgp', 'people', 'tokens'],
  certificates: ['device', 'certificates', 'people', 'authorities', 'tokens', 'reports'],
  profiles: ['profiles'],
  operators: ['operators', 'workspace', 'escrow'],
  requests: ['requests', 'certificates', 'people', 'reports'],
  authorities: ['authorities', 'certificates', 'reports'],
  offline: ['offline', 'authorities', 'certificates', 'people', 'reports'],
  ocsp: ['authorities', 'certificates'],
  mail: ['people', 'mail'],
  submission: ['submission'],
  messages: ['reports'],
  backup: ['backup', 'reports'],
  audit: ['reports', 'sinks', 'incidents'],
  incidents: ['incidents', 'reports'],
  witnesses: ['witnesses', 'audit', 'reports'],
  sinks: ['sinks', 'reports'],
  escrow: ['escrow', 'reports'],
  tokens: ['tokens', 'openpgp', 'people', 'certificates', 'authorities', 'reports'],
};

/** A running job tells of itself many times a second; nobody reads faster than this. */
const pause = 400;

const areaOf = (name: string): string => name.split('.')[0] ?? '';

/** The areas to ask again after the command or push of this name. */
export const areasTouchedBy = (name: string): readonly string[] => touchedBy[areaOf(name)] ?? [];

/** Asks again what a change in these areas may have altered. */
export function refreshAreas(cache: QueryCache, areas: Iterable<string>): void {
  const touched = new Set(areas);
  cache.refresh((name) => touched.has(areaOf(name)));
}

/** Lets every push refresh what it touches: the first at once, those that follow gathered. */
export function refreshByPush(transport: Transport, cache: QueryCache): () => void {
  const gathered = new Set<string>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const flush = () => {
    timer = undefined;
    if (gathered.size === 0) return;
    refreshAreas(cache, gathered);
    gathered.clear();
    timer = setTimeout(flush, pause);
  };
  return transport.subscribe((name) => {
    areasTouchedBy(name).forEach((area) => gathered.add(area));
    if (timer === undefined) flush();
  });
}
