import { create } from 'zustand';
import type { FileContent } from '../../../main/contract/client.ts';
import type { StaffRepair } from '../../../main/domain/people/staff-list.ts';

/** Rows that were left out of a job, and where they were saved. */
export interface LeftOut {
  readonly job: string;
  readonly count: number;
  readonly file: FileContent;
  readonly path?: string;
}

interface StaffListDraft {
  /** The staff list being checked. */
  readonly file: FileContent | null;
  /** What was put right in it so far, in order. */
  readonly repairs: readonly StaffRepair[];
  readonly leftOut: LeftOut | null;
  readonly begin: (file: FileContent) => void;
  readonly repair: (repairs: readonly StaffRepair[]) => void;
  /** The list is taken in: what remains are the rows left out. */
  readonly finish: (leftOut: LeftOut | null) => void;
  readonly forget: () => void;
}

const nothing = { file: null, repairs: [], leftOut: null } as const;

/** The staff list on its way in. It lives outside the screen, so that looking something up does not lose what was put right. */
export const useStaffListDraft = create<StaffListDraft>()((set) => ({
  ...nothing,
  begin: (file) => set({ file, repairs: [] }),
  repair: (repairs) => set((draft) => ({ repairs: withRepairs(draft.repairs, repairs) })),
  finish: (leftOut) => set({ file: null, repairs: [], leftOut }),
  forget: () => set(nothing),
}));

/** A later repair of the same cell takes the place of the earlier one. */
export function withRepairs(before: readonly StaffRepair[], added: readonly StaffRepair[]): readonly StaffRepair[] {
  const isReplaced = ({ row, column }: StaffRepair) => added.some((repair) => repair.row === row && repair.column === column);
  return [...before.filter((repair) => !isReplaced(repair)), ...added];
}
