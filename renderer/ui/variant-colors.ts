import { defaultVariantColorsResolver, type VariantColorsResolver } from '@mantine/core';

const jobs = new Set(['accent', 'good', 'warn', 'stop', 'rest']);
/** Only these two may be the colour of a button, so only these have a hover and a colour of their own for what stands on them. */
const pressable = new Set(['accent', 'stop']);

const token = (color: string, part: string) => `var(--kw-${color}-${part})`;

function filled(color: string) {
  const canPress = pressable.has(color);
  return {
    background: token(color, 'fill'),
    hover: token(color, canPress ? 'fill-hover' : 'fill'),
    color: canPress ? token(color, 'on') : 'var(--kw-glyph)',
    border: '1px solid transparent',
  };
}

function clear(color: string, edge: string) {
  return { background: 'transparent', hover: token(color, 'soft'), color: token(color, 'text'), border: `1px solid ${edge}` };
}

/** Colours of Mantine's variants by job, from the tokens. */
export const variantColors: VariantColorsResolver = (input) => {
  const color = input.color ?? 'accent';
  if (!jobs.has(color)) return defaultVariantColorsResolver(input);
  switch (input.variant) {
    case 'filled':
      return filled(color);
    case 'light':
      return { ...clear(color, token(color, 'line')), background: token(color, 'soft') };
    case 'outline':
      return clear(color, token(color, 'text'));
    case 'subtle':
    case 'transparent':
      return clear(color, 'transparent');
    default:
      return defaultVariantColorsResolver(input);
  }
};
