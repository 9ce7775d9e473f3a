import { sql, type RawBuilder } from 'kysely';

/** Hexadecimal digits of a digest that its index holds: 64 bits. */
export const beginningDigits = 16;

/** The beginning of a column that holds a digest, written as the index of beginnings has it. */
export const beginningOf = (column: string): RawBuilder<string> => sql<string>`substr(${sql.ref(column)}, 1, ${sql.lit(beginningDigits)})`;
