import { AppError, type ErrorCode, type ErrorDetails } from '../domain/errors.ts';
import type { Stores } from '../ports/database.ts';

/** A refusal that leaves a trace of its own, such as a counted failure: recorded in the same unit as its audit entry. */
export class Refusal extends AppError {
  readonly consequence: (stores: Stores) => Promise<void>;

  constructor(code: ErrorCode, message: string, details: ErrorDetails, consequence: (stores: Stores) => Promise<void>) {
    super(code, message, details);
    this.consequence = consequence;
  }
}
