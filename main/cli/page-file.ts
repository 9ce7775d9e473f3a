import { AppError } from '../domain/errors.ts';
import type { CommandContext } from './command.ts';
import { required } from './option-values.ts';

/** A page to be written: HTML as it is, or printed to a PDF, as its name ends. */
export interface PageFile {
  readonly path: string;
  write(html: Uint8Array): Promise<void>;
}

/** Where an option says that a page goes. @throws AppError input.invalid for another ending; `write`: unsupported where nothing prints */
export function pageFile({ options, files, printToPdf }: CommandContext, option: string): PageFile {
  const path = required(options, option);
  const isPdf = /\.pdf$/i.test(path);
  if (!isPdf && !/\.html?$/i.test(path))
    throw new AppError('input.invalid', `--${option} takes a name that ends in .html or .pdf.`, { field: option, rule: 'one-of' });
  return { path, write: async (html) => files.write(path, isPdf ? await printToPdf(html) : html) };
}
