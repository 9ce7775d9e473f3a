/**
 * The sole right to run a core on a workspace. Guarantee: at most one process holds it, and it ends with the process,
 * however that ends. Trust: it keeps honest processes apart; it protects from nobody who can write the directory.
 */
export interface WorkspaceLock {
  /** Gives the workspace free. A second call does nothing. */
  release(): void;
}
