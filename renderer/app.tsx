import { localStorageColorSchemeManager, MantineProvider } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Api } from './api.ts';
import { features } from './features/index.ts';
import { Door } from './shell/door.tsx';
import { ApiContext } from './state/api-context.ts';
import { Announcer } from './ui/announcer.tsx';
import { Clock } from './ui/clock.tsx';
import { cssVariables } from './ui/css-variables.ts';
import { theme } from './ui/theme.ts';

/** Light or dark by choice, kept on this computer; without one, as the system is. */
const colorScheme = localStorageColorSchemeManager({ key: 'keyward-color-scheme' });

/** The nonce the host gave this page for its styles. */
const styleNonce = (): string => document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? '';

export interface ProvidersProps {
  readonly api: Api;
  readonly clock?: () => Date;
  readonly children: ReactNode;
}

/** Theme, time, announcements and the way to the core, around anything of the window. */
export function Providers({ api, clock, children }: ProvidersProps) {
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariables}
      defaultColorScheme="auto"
      colorSchemeManager={colorScheme}
      getStyleNonce={styleNonce}
    >
      <ApiContext value={api}>
        <Clock {...(clock === undefined ? {} : { read: clock })}>
          <Announcer>{children}</Announcer>
        </Clock>
      </ApiContext>
    </MantineProvider>
  );
}

/** The window. */
export function App({ api }: { readonly api: Api }) {
  return (
    <Providers api={api}>
      <Door features={features} />
    </Providers>
  );
}
