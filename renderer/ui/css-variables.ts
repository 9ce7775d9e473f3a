import type { CSSVariablesResolver } from '@mantine/core';
import { dark, light, type Scheme } from './scheme.ts';

const kebab = (key: string) => key.replace(/[A-Z0-9]/g, (c) => `-${c.toLowerCase()}`);
const asVariables = (scheme: Scheme) => Object.fromEntries(Object.entries<string>({ ...scheme }).map(([k, v]) => [`--kw-${kebab(k)}`, v]));

/** Mantine's own variables, pointed at ours so that its components follow. */
const bridge = (s: Scheme) => ({
  '--mantine-color-body': s.canvas,
  '--mantine-color-text': s.ink,
  '--mantine-color-dimmed': s.ink2,
  '--mantine-color-placeholder': s.ink3,
  '--mantine-color-anchor': s.accentText,
  '--mantine-color-default': s.surface,
  '--mantine-color-default-hover': s.hover,
  '--mantine-color-default-color': s.ink,
  '--mantine-color-default-border': s.lineStrong,
  '--mantine-color-error': s.stopText,
  '--mantine-primary-color-filled': s.accentFill,
  '--mantine-primary-color-filled-hover': s.accentFillHover,
  '--mantine-primary-color-contrast': s.accentOn,
  '--mantine-color-accent-filled': s.accentFill,
  '--mantine-color-accent-filled-hover': s.accentFillHover,
  '--mantine-color-accent-outline': s.accentText,
  '--mantine-color-accent-text': s.accentText,
  '--mantine-primary-color-light': s.accentSoft,
  '--mantine-primary-color-light-hover': s.accentSoft,
  '--mantine-primary-color-light-color': s.accentText,
  '--mantine-color-disabled': s.sunken,
  '--mantine-color-disabled-color': s.ink3,
  '--mantine-color-disabled-border': s.line,
  '--mantine-color-error-filled': s.stopFill,
});

/** Every token as `--kw-…`, for both schemes, and Mantine's own variables with them. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: { ...asVariables(light), ...bridge(light) },
  dark: { ...asVariables(dark), ...bridge(dark) },
});
