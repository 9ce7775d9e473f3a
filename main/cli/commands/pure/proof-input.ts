import { z } from 'zod';
import { AppError } from '../../../domain/errors.ts';
import type { CommandContext } from '../../command.ts';
import { only } from '../../option-values.ts';

const hash = z.string();
/** Other implementations write an empty path as null. */
const path = z
  .array(hash)
  .nullish()
  .transform((hashes) => hashes ?? []);
/** A key of a line has come through as text. */
const size = z.union([z.int().min(0), z.string().regex(/^(?:0|[1-9]\d{0,15})$/)]).transform(Number);

/** Members of other names are let be: proofs carry notes and times as well. */
const inclusion = z.object({ leafHash: hash, index: size, treeSize: size, path, rootHash: hash });
const consistency = z.object({ size1: size, root1: hash, size2: size, root2: hash, path });

/** @throws AppError input.invalid for what is no proof */
export const inclusionProofOf = (context: CommandContext) => proofOf(context, inclusion);

/** @throws AppError input.invalid for what is no proof */
export const consistencyProofOf = (context: CommandContext) => proofOf(context, consistency);

/** From the options (the keys of a line), else as JSON from the named file or stdin. */
function proofOf<T>(context: CommandContext, schema: z.ZodType<T> & { readonly shape: object }): T {
  const isInOptions = Object.keys(schema.shape).some((name) => context.options[name] !== undefined);
  const { data, error } = schema.safeParse(isInOptions ? context.options : parsed(context));
  if (error === undefined && data !== undefined) return data;
  throw malformed(String(error?.issues[0]?.path[0] ?? 'proof'));
}

function parsed(context: CommandContext): unknown {
  const { bytes } = context.files.read(context.positionals.length === 0 ? '-' : only(context, 'file'));
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw malformed('proof');
  }
}

const malformed = (field: string): AppError => new AppError('input.invalid', 'This is not a proof.', { field, rule: 'proof' });
