/** What a person reads of a practice's tables: every column but what is sealed, and what its keepers need for themselves. */
import type pg from 'pg'
import { quoted, tablesOf, type Table } from '../archive/tables.ts'

export type Readable = Table & {
  /** Columns left out: sealed under the tenant's key, for their author alone. */
  sealed: readonly string[]
}

/** Between the practice and the vendor's log; the practice reads of it in the log itself. */
const keepersOwn = ['audit_outbox']

/** That a note was written, when and of whom is its author's alone: no colleague is handed these, whatever they answer for. */
const authorsOwn = ['notes', 'note_versions']

/** For whoever holds the data without reading them: the vendor, on the practice's behalf; or for a member of the practice. */
export type Reader = 'vendor' | 'member'

export async function readableTables(client: pg.ClientBase, reader: Reader): Promise<Readable[]> {
  const tables = await tablesOf(client)
  const leftOut = reader === 'member' ? [...keepersOwn, ...authorsOwn] : keepersOwn
  return tables
    .filter(({ name }) => !leftOut.includes(name))
    .map((table) => ({
      ...table,
      columns: table.columns.filter((column) => !isSealed(column)),
      sealed: table.columns.filter(isSealed),
    }))
}

const isSealed = (column: string) => column.endsWith('_sealed')

const atATime = 500

/** Rows as JSON texts and as cells, a batch at a time, whatever the table's size: memory holds one batch. */
export async function* rowsOf(
  client: pg.ClientBase,
  { name, columns, order }: Readable,
): AsyncGenerator<{ json: string; cells: string[] }[]> {
  const list = columns.map(quoted).join(', ')
  const cells = columns.map((column) => `coalesce(${quoted(column)}::text, '')`).join(', ')
  await client.query(`
    declare rows_to_export no scroll cursor for
    select row_to_json(shown)::text as json, array[${cells}]::text[] as cells
    from (select ${list} from public.${quoted(name)} order by ${order}) as shown`)
  try {
    for (;;) {
      const { rows } = await client.query<{ json: string; cells: string[] }>(
        `fetch ${atATime} from rows_to_export`,
      )
      if (rows.length === 0) return
      yield rows
    }
  } finally {
    await client.query('close rows_to_export').catch(() => {})
  }
}
