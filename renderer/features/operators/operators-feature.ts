import type { Feature } from '../feature.ts';
import { OperatorsScreen } from './operators-screen.tsx';

/** Who can sign in, and as what. */
export const operators: Feature = { screens: { operators: OperatorsScreen } };
