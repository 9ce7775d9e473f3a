import type { ReactNode } from 'react';
import type { GuardedCall } from '../../main/domain/access/permissions.ts';
import { useMay } from '../state/role.ts';

export interface PermittedProps {
  readonly call: GuardedCall;
  readonly children: ReactNode;
}

/** What leads to this call; nothing for whose role may not make it. */
export function Permitted({ call, children }: PermittedProps) {
  return useMay()(call) ? children : null;
}
