/**
 * How what a text names is made in one database: which tables its names stand for, which columns those have, whose functions it may
 * call. A backend that was just started pays for each catalogue it plans a question about, so columns are asked for as it analyses
 * `SELECT *`, which plans nothing and reads nothing but what the text needs in any case.
 */
import pg from 'pg'
import type { Statement } from '../statements/reading.ts'

/** @property tables without their schema, `functions` whatever is called or might be; each once */
export type Named = { tables: readonly string[]; functions: readonly string[] }

export function namedIn(statements: readonly Pick<Statement, 'names' | 'called'>[]): Named {
  // PostgreSQL's own tables are the same wherever its version is.
  const tables = statements.flatMap(({ names }) => names).filter((name) => !name.startsWith('pg_'))
  const functions = statements.flatMap(({ called }) => called.map(({ name }) => name))
  return { tables: [...new Set(tables)].toSorted(), functions: [...new Set(functions)].toSorted() }
}

/** PostgreSQL gives 1,664 columns at most. */
export const tablesAtOnce = 12

/** The questions of the first message, after what began the transaction: in it the tables are held from then on. */
export function askingFor({ tables, functions }: Named): string {
  // A column each: to put them into one array makes the backend look up how, which takes longer than they do.
  const numbers = tables.map((name, place) => `, to_regclass(${quoted(name)})::oid AS t${place}`)
  const names = pg.escapeLiteral(`{${functions.map((name) => JSON.stringify(name)).join(',')}}`)
  return `SELECT pg_backend_pid() AS pid${numbers.join('')};
    SELECT oid, proname, provolatile, pronamespace FROM pg_proc WHERE proname = ANY (${names})`
}

const quoted = (table: string) => pg.escapeLiteral(`public.${pg.escapeIdentifier(table)}`)

/** What `askingFor` is answered first: of each table its number, or null where there is none. */
export type Asked = { pid: number; [table: `t${number}`]: number | null }

/** @returns the same for two databases only where all that was named is made alike */
export async function howMade(
  client: pg.Client,
  { tables }: Named,
  asked: Asked,
  functions: readonly unknown[],
): Promise<string> {
  const numbers = tables.map((_, place) => asked[`t${place}`] ?? null)
  const there = tables.filter((_, index) => numbers[index] !== null)
  const columns = there.length
    ? await described(
        client,
        `SELECT * FROM ${there.map((name) => `public.${pg.escapeIdentifier(name)}`).join(', ')}`,
      )
    : []
  return JSON.stringify([tables, numbers, columns, functions])
}

/** What a query would give: it is analysed, and neither planned nor run. @throws what the database says */
function described(client: pg.Client, text: string): Promise<[string, number, number][]> {
  return new Promise((resolve, reject) => {
    let found: pg.FieldDef[] = []
    const asked = {
      submit(connection: pg.Connection) {
        connection.parse({ text, name: '', types: [] }, true)
        connection.describe({ type: 'S', name: '' }, true)
        connection.sync()
      },
      handleRowDescription({ fields }: { fields: pg.FieldDef[] }) {
        found = fields
      },
      handleError: reject,
      handleReadyForQuery() {
        resolve(found.map(({ name, tableID, columnID }) => [name, tableID, columnID]))
      },
    }
    client.query(asked)
  })
}
