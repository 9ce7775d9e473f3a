import '@mantine/core/styles.css';
import '../../../renderer/ui/fonts.ts';
import '../../../renderer/ui/global.css';
import { StrictMode, type ComponentType } from 'react';
import { createRoot } from 'react-dom/client';
import { createApi } from '../../../renderer/api.ts';
import { Providers } from '../../../renderer/app.tsx';
import {
  BlindScene,
  CardAskScene,
  CardLastTryScene,
  CardLockedScene,
  CardLowScene,
  CardPinScene,
  CardsScene,
  NoCardScene,
} from './scenes/cards.tsx';
import { LanguageScene } from './scenes/language.tsx';
import { OverviewScene } from './scenes/overview.tsx';
import { FirstRunScene, LockedScene } from './scenes/door.tsx';
import { RevokeScene } from './scenes/revoke.tsx';
import { EmptyScene } from './scenes/empty.tsx';
import { PaletteScene } from './scenes/find.tsx';
import { CertificateScene } from './scenes/certificate.tsx';
import { IssuingScene } from './scenes/issuing.tsx';
import { LogScene } from './scenes/log.tsx';
import { PeopleScene } from './scenes/people.tsx';
import { PersonScene } from './scenes/person.tsx';
import { PiecesScene } from './scenes/pieces.tsx';
import './kit.css';

const scenes: Readonly<Record<string, ComponentType>> = {
  language: LanguageScene,
  overview: OverviewScene,
  locked: LockedScene,
  'first-run': FirstRunScene,
  revoke: RevokeScene,
  empty: EmptyScene,
  palette: PaletteScene,
  people: PeopleScene,
  person: PersonScene,
  certificate: CertificateScene,
  log: LogScene,
  issuing: IssuingScene,
  pieces: PiecesScene,
  cards: CardsScene,
  'card-none': NoCardScene,
  'card-blind': BlindScene,
  'card-pin': CardPinScene,
  'card-low': CardLowScene,
  'card-last-try': CardLastTryScene,
  'card-locked': CardLockedScene,
  'card-ask': CardAskScene,
};

/** The kit asks nobody anything. */
const api = createApi({ call: () => new Promise(() => undefined), subscribe: () => () => undefined });
const Scene = scenes[new URLSearchParams(location.search).get('scene') ?? 'language'] ?? LanguageScene;
/** The morning of the design's pictures. */
const clock = () => new Date('2026-11-23T09:22:30');

const root = document.querySelector('#root');
if (root !== null)
  createRoot(root).render(
    <StrictMode>
      <Providers api={api} clock={clock}>
        <Scene />
      </Providers>
    </StrictMode>,
  );
