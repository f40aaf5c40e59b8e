import type { Insertable } from 'kysely'
import type pg from 'pg'
import type { TenantDatabase } from '#platform/server/tenant-db.ts'

export type RowOf<Table extends keyof TenantDatabase> = Insertable<TenantDatabase[Table]>

/** Puts rows into a table by one statement, however many they are. All of them name the same columns. */
export async function load<Table extends keyof TenantDatabase>(
  client: pg.Client,
  table: Table,
  rows: readonly RowOf<Table>[],
): Promise<void> {
  const [first] = rows
  if (!first) return
  const columns = Object.keys(first)
  const named = columns.map(snake).join(', ')
  const into = snake(table)
  const values = rows.map((row) =>
    Object.fromEntries(columns.map((column) => [snake(column), asJson(Reflect.get(row, column))])),
  )
  await client.query(
    `INSERT INTO ${into} (${named}) SELECT ${named} FROM json_populate_recordset(NULL::${into}, $1)`,
    [JSON.stringify(values)],
  )
}

const snake = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)

/** Bytes as PostgreSQL writes them. */
const asJson = (value: unknown) => (Buffer.isBuffer(value) ? `\\x${value.toString('hex')}` : value)
