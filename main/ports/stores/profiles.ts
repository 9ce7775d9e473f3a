import type { OwnProfile } from '../../domain/profile/own-profile.ts';

export interface ProfileRecord {
  readonly profile: OwnProfile;
  readonly createdAt: string;
  /** What was issued before went by another wording. */
  readonly changedAt: string;
}

export interface ProfileReader {
  /** The practice's own, by name: as many as somebody wrote by hand. */
  list(): Promise<readonly ProfileRecord[]>;
}

export interface ProfileStore extends ProfileReader {
  /** @throws AppError conflict when there is one of that name */
  insert(profile: OwnProfile, at: string): Promise<void>;
  /** @throws AppError not-found */
  change(profile: OwnProfile, at: string): Promise<void>;
}
