import 'react';

declare module 'react' {
  interface CSSProperties {
    /** Our own variables, set where a width or a share is known only at run time. */
    [variable: `--${string}`]: string | number | undefined;
  }
}
