import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import { AppError } from '../../../main/domain/errors.ts';
import { openPages } from '../../../main/domain/xca/sqlite-pages.ts';
import { readTable } from '../../../main/domain/xca/sqlite-table.ts';

/** A database file as SQLite itself writes it. */
function written(pageSize: number, fill: (database: DatabaseSync) => void): Uint8Array {
  const directory = mkdtempSync(join(tmpdir(), 'keyward-xdb-'));
  const database = new DatabaseSync(join(directory, 'a.db'));
  database.exec(`pragma page_size = ${pageSize}; pragma foreign_keys = off`);
  fill(database);
  database.close();
  const bytes = readFileSync(join(directory, 'a.db'));
  rmSync(directory, { recursive: true });
  return bytes;
}

const numbers = [0, 1, -1, 127, 128, -128, 32_767, -32_769, 8_388_608, -8_388_609, 2 ** 31, -(2 ** 31) - 1, 2 ** 47, -(2 ** 47) - 1];

function tableOf(count: number): (database: DatabaseSync) => void {
  return (database) => {
    database.exec('create table other (b PRIMARY KEY)');
    database.exec(
      `create table items (id INTEGER PRIMARY KEY, "name" VARCHAR(8000), size INTEGER, octets, FOREIGN KEY (size) REFERENCES other (b))`,
    );
    const insert = database.prepare('insert into items values (?, ?, ?, ?)');
    for (let n = 1; n <= count; n++)
      insert.run(n * 3, 'ü'.repeat((n * 37) % 4000), numbers[n % numbers.length] ?? 0, n % 2 === 0 ? null : Buffer.alloc(n % 50, n));
  };
}

describe('a table of an SQLite file', () => {
  it.each([512, 1024, 4096, 65_536])('is read as SQLite reads it, long records and many pages of %i octets too', (pageSize) => {
    const bytes = written(pageSize, tableOf(60));
    const expected: object[] = [];
    written(pageSize, (database) => {
      tableOf(60)(database);
      expected.push(...database.prepare('select * from items order by id').all());
    });
    const rows = readTable(openPages(bytes), 'items') ?? [];
    const comparable = (row: Record<string, unknown>) => ({
      ...row,
      octets: row['octets'] instanceof Uint8Array ? [...row['octets']] : null,
    });
    expect(rows.map(comparable)).toEqual(expected.map((row) => comparable(row as Record<string, unknown>)));
    expect(readTable(openPages(bytes), 'absent')).toBeUndefined();
  });

  it('is read or refused with a place, whichever octet is changed, and never without end', () => {
    const sound = written(512, tableOf(12));
    const strange: unknown[] = [];
    for (let at = 0; at < sound.length; at += 3) {
      const changed = Uint8Array.from(sound);
      changed[at] = (changed[at] ?? 0) ^ 0xff;
      try {
        readTable(openPages(changed), 'items');
      } catch (error) {
        if (!(error instanceof AppError) || error.details['field'] !== 'database') strange.push(error);
      }
    }
    expect(strange).toEqual([]);
  });

  /** Where SQLite puts the table `items` of one row. */
  const tablePage = 4;
  /** A file with that table, room for some pages more, and what is done to it there. */
  function changed(pageSize: number, more: number, change: (page: DataView, file: DataView) => void): Uint8Array {
    const sound = written(pageSize, tableOf(1));
    const bytes = new Uint8Array(sound.length + more * pageSize);
    bytes.set(sound);
    change(new DataView(bytes.buffer, (tablePage - 1) * pageSize, pageSize), new DataView(bytes.buffer));
    return bytes;
  }
  const readChanged = (bytes: Uint8Array) => () => readTable(openPages(bytes), 'items');
  const refusal = expect.objectContaining({ code: 'input.invalid' });

  it('is refused where one row stands for a thousand: that would fill memory', () => {
    const repeat = (count: number) =>
      changed(65_536, 0, (page) => {
        const cell = page.getUint16(8);
        page.setUint16(3, count);
        for (let at = 0; at < count; at++) page.setUint16(8 + 2 * at, cell);
      });
    expect(readChanged(repeat(1))()).toHaveLength(1);
    expect(readChanged(repeat(30_000))).toThrow(refusal);
  });

  it('is refused where page stands below page without end: that would fill the stack', () => {
    const chain = (length: number) =>
      changed(512, length, (root, file) => {
        const first = file.byteLength / 512 - length + 1;
        for (let at = 0; at < length; at++) {
          const isLast = at === length - 1;
          const start = (first + at - 1) * 512;
          file.setUint8(start, isLast ? 0x0d : 0x05);
          if (!isLast) file.setUint32(start + 8, first + at + 1);
        }
        root.setUint8(0, 0x05);
        root.setUint16(3, 0);
        root.setUint32(8, first);
      });
    expect(readChanged(chain(10))()).toEqual([]);
    expect(readChanged(chain(30_000))).toThrow(refusal);
  });

  it('is refused where the file is cut off', () => {
    const sound = written(512, tableOf(50));
    expect(() => readTable(openPages(sound.subarray(0, sound.length - 512 * 20)), 'items')).toThrow(AppError);
    expect(() => openPages(sound.subarray(0, 50))).toThrow(AppError);
    expect(() => openPages(Buffer.from('a text'))).toThrow(AppError);
  });
});
