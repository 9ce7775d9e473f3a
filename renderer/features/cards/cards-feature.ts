import type { Feature } from '../feature.ts';
import { CardsScreen } from './cards-screen.tsx';
import { useReader } from './use-reader.ts';

/** Cards and readers, and what the side bar says of them. */
export const cards: Feature = { screens: { cards: CardsScreen }, useReader };
