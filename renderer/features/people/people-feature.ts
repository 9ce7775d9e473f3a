import type { Feature } from '../feature.ts';
import { PeopleScreen } from './people-screen.tsx';
import { PersonScreen } from './person-screen.tsx';

/** The list of people and one person's page. */
export const people: Feature = { screens: { people: PeopleScreen, person: PersonScreen } };
