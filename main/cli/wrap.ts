/** Text in lines of at most `columns` characters, broken at blanks; a longer word stands alone. Lines behind the first begin with `indent` blanks. */
export function wrap(text: string, columns: number, indent = 0): string {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`;
    const room = columns - indent;
    if (longer.length > room && line !== '') lines.push(line);
    line = longer.length > room && line !== '' ? word : longer;
  }
  return [...lines, line].join(`\n${' '.repeat(indent)}`);
}
