/** What the console's engine reports of a text, without its guards: for tests of who reads reports. */
import type pg from 'pg'
import type { Failure, Row, Simulation } from '../../modules/sql-console/server/simulating/simulation.ts'

type Images = Map<string, { table: string; row: Row }>

/** @param tables with an `id`, of which before and after are told */
export async function reportOf(client: pg.Client, texts: string[], tables: string[]): Promise<Simulation> {
  const none = { effects: {}, changes: [], moreChanges: 0 }
  const statements: unknown[] = []
  let failure: Failure | undefined
  await client.query('BEGIN')
  let before = await images(client, tables)
  for (const [place, text] of texts.entries()) {
    const given = await run(client, text).catch((error: pg.DatabaseError) => error)
    if (given instanceof Error) {
      const { code = '', message, detail, hint } = given
      failure = { statement: place, code, message, ...(detail && { detail }), ...(hint && { hint }) }
      break
    }
    const after = await images(client, tables)
    statements.push({ ...none, text, command: '', ...given, changes: between(before, after), took: 0 })
    before = after
  }
  await client.query('ROLLBACK')
  const status = failure ? 'failed' : 'simulated'
  return { status, failure, statements, atCommit: none } as unknown as Simulation // what of it is masked
}

/** A table that is gone, or is called otherwise, has no rows of that name. */
async function images(client: pg.Client, tables: string[]): Promise<Images> {
  const found: Images = new Map()
  for (const table of tables) {
    await client.query('SAVEPOINT looking')
    const { rows } = await client
      .query<{ row: Row; id: number }>(`SELECT to_jsonb(t) AS row, id FROM ${table} t`)
      .catch(() => ({ rows: [] }))
    await client.query('ROLLBACK TO looking')
    for (const { row, id } of rows) found.set(`${table} ${id}`, { table, row })
  }
  return found
}

function between(before: Images, after: Images) {
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((key) => {
    const [was, is] = [before.get(key), after.get(key)]
    const table = is?.table ?? was?.table ?? ''
    return JSON.stringify(was) === JSON.stringify(is)
      ? []
      : [{ table, before: was?.row ?? null, after: is?.row ?? null }]
  })
}

async function run(client: pg.Client, text: string) {
  const { fields, rows } = await client.query<unknown[]>({
    text,
    rowMode: 'array',
    types: { getTypeParser: () => (raw: string) => raw },
  })
  const columns = fields.map((field) => ({
    name: field.name,
    type: field.dataTypeID,
    table: field.tableID,
    column: field.columnID,
  }))
  return { columns, rows, rowCount: rows.length }
}
