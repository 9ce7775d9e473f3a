import { SegmentedControl } from '@mantine/core';

export interface SegmentsProps<Value extends string> {
  readonly label: string;
  readonly options: readonly { readonly value: Value; readonly label: string }[];
  readonly value: Value;
  readonly onChange: (value: Value) => void;
}

/** One of a few views of the same list. */
export function Segments<Value extends string>({ label, options, value, onChange }: SegmentsProps<Value>) {
  return <SegmentedControl aria-label={label} data={options.map((option) => ({ ...option }))} value={value} onChange={onChange} />;
}
