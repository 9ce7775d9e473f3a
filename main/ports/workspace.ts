/** The directory a practice lives in. */
export interface WorkspaceDirectory {
  /** Makes the directory (0700) and an empty database in it, or opens what is there. @throws AppError store.* */
  create(): Promise<void>;
}
