import type { CreateTableBuilder, Kysely, RawBuilder } from 'kysely';
import type { Schema } from '../schema.ts';

type ColumnType = Parameters<CreateTableBuilder<string>['addColumn']>[1];

/** What a technology calls the three kinds of column. Text compares by code point, whatever the locale. */
export interface ColumnTypes {
  readonly text: ColumnType;
  readonly integer: ColumnType;
  readonly binary: ColumnType;
  /** What follows a table's definition. `isClustered`: small rows, best kept in the order of their primary key. */
  tableOptions(isClustered: boolean): RawBuilder<unknown>;
  /** Makes an index of the words in a text, each found by how it begins, under the number of a row (`rowid`). It keeps no copy of the text. */
  wordIndex(name: string, column: string): RawBuilder<unknown>;
}

/** A connection on which tables can be made, with the technology's words for it. */
export interface SchemaTools {
  readonly db: Kysely<Schema>;
  readonly types: ColumnTypes;
}

/** One step forward in the life of the schema. There is no step back: a newer schema is refused by older programs. */
export interface Migration {
  /** As the file is called; kept in the database for good. */
  readonly name: string;
  up(tools: SchemaTools): Promise<void>;
}
