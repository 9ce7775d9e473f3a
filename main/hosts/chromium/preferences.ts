import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Nothing that is typed is remembered, offered again, translated, checked or sent anywhere. */
const ours = {
  autofill: { profile_enabled: false, credit_card_enabled: false },
  browser: { enable_spellchecking: false, has_seen_welcome_page: true },
  credentials_enable_service: false,
  credentials_enable_autosignin: false,
  enable_do_not_track: true,
  profile: { password_manager_enabled: false, exit_type: 'Normal' },
  safebrowsing: { enabled: false },
  search: { suggest_enabled: false },
  signin: { allowed: false },
  translate: { enabled: false },
} as const;

/** Puts these into Chromium's profile before it starts; everything else there stays. */
export function writePreferences(profileDirectory: string): void {
  const folder = join(profileDirectory, 'Default');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, 'Preferences');
  const before = read(path);
  const merged = Object.fromEntries(
    Object.entries(ours).map(([key, value]) => [key, isRecord(value) ? { ...section(before, key), ...value } : value]),
  );
  writeFileSync(path, JSON.stringify({ ...before, ...merged }), { mode: 0o600 });
}

function read(path: string): Record<string, unknown> {
  try {
    const value = JSON.parse(readFileSync(path, 'utf8')) as unknown;
    return isRecord(value) ? value : {};
  } catch {
    // A new profile, or one that was cut short: Chromium fills it again.
    return {};
  }
}

function section(preferences: Record<string, unknown>, key: string): Record<string, unknown> {
  const value = preferences[key];
  return isRecord(value) ? value : {};
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
