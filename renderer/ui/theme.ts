import { createTheme, virtualColor } from '@mantine/core';
import { amber, brick, gray, leaf, night, petrol, slate } from './palettes.ts';
import { variantColors } from './variant-colors.ts';

const sans =
  '"Atkinson Hyperlegible Next Variable", "Noto Sans Variable", "Noto Sans Arabic Variable", "Noto Sans Hebrew Variable", "Noto Sans JP Variable", "Noto Sans KR Variable", system-ui, sans-serif';

/** The Mantine theme: type, space, radius and the five jobs a colour can have. */
export const theme = createTheme({
  colors: {
    gray,
    dark: night,
    petrol,
    leaf,
    amber,
    brick,
    slate,
    accent: virtualColor({ name: 'accent', light: 'petrol', dark: 'petrol' }),
    good: virtualColor({ name: 'good', light: 'leaf', dark: 'leaf' }),
    warn: virtualColor({ name: 'warn', light: 'amber', dark: 'amber' }),
    stop: virtualColor({ name: 'stop', light: 'brick', dark: 'brick' }),
    rest: virtualColor({ name: 'rest', light: 'slate', dark: 'slate' }),
  },
  primaryColor: 'accent',
  primaryShade: { light: 8, dark: 4 },
  variantColorResolver: variantColors,
  fontFamily: sans,
  fontFamilyMonospace: '"Atkinson Hyperlegible Mono Variable", "Noto Sans Variable", ui-monospace, monospace',
  headings: {
    fontFamily: sans,
    fontWeight: '650',
    sizes: {
      h1: { fontSize: '24px', lineHeight: '32px' },
      h2: { fontSize: '16px', lineHeight: '24px' },
      h3: { fontSize: '14px', lineHeight: '20px' },
    },
  },
  fontSizes: { xs: '12px', sm: '13px', md: '14px', lg: '16px', xl: '20px' },
  lineHeights: { xs: '16px', sm: '18px', md: '20px', lg: '24px', xl: '28px' },
  spacing: { xs: '8px', sm: '12px', md: '16px', lg: '24px', xl: '32px' },
  radius: { xs: '4px', sm: '6px', md: '10px', lg: '14px', xl: '999px' },
  defaultRadius: 'sm',
  shadows: { sm: 'none', md: 'var(--kw-shadow)', lg: 'var(--kw-shadow)', xl: 'var(--kw-shadow)' },
  focusRing: 'auto',
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    Button: { defaultProps: { size: 'sm' }, styles: { label: { fontWeight: 600 } } },
    ActionIcon: { defaultProps: { variant: 'subtle', color: 'rest', size: 32 } },
    TextInput: { defaultProps: { size: 'sm' } },
    Textarea: { defaultProps: { size: 'sm' } },
    Select: { defaultProps: { size: 'sm' } },
    Tooltip: { defaultProps: { openDelay: 400, withArrow: true } },
    Checkbox: { defaultProps: { size: 'xs', radius: 'xs' } },
  },
});
