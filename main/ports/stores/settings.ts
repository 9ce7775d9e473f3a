/** Names of what a workspace remembers about itself. Values are JSON. */
export type SettingName =
  | 'practice'
  | 'log-key'
  | 'defaults'
  | 'issuing-authority'
  | 'authority-key-intents'
  | 'attestation-issuers'
  | 'policies'
  | 'backup-key'
  | 'backup-schedule'
  | 'backup-failure'
  | 'checkpoint-folder'
  | 'checkpoint-proofs'
  | 'rollback'
  | 'audit-sinks'
  | 'witnesses'
  | 'device'
  | 'keychain-key'
  | 'lists-ahead'
  | 'watch'
  | 'escrow-sheets'
  | 'submission';

export interface SettingsReader {
  get(name: SettingName): Promise<string | undefined>;
}

export interface SettingsStore extends SettingsReader {
  put(name: SettingName, value: string): Promise<void>;
}
