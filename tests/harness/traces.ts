/** Where a word still stands: in the rows of a database, and in the files of a folder. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { formsIn, formsOf } from './canary.ts'

/** @returns the tables of every schema in which a row says it, in whatever column */
export async function tablesSaying(adminUrl: string, word: string): Promise<string[]> {
  const client = new pg.Client(adminUrl)
  await client.connect()
  try {
    const { rows } = await client.query<{
      name: string
    }>(`select c.oid::regclass::text as name from pg_class c
      join pg_namespace n on n.oid = c.relnamespace where c.relkind = 'r' and n.nspname in ('public', 'pgboss') order by 1`)
    const saying: string[] = []
    for (const { name } of rows) {
      const found = await client.query(`select from ${name} t where strpos(t::text, $1) > 0 limit 1`, [word])
      if (found.rowCount) saying.push(name)
    }
    return saying
  } finally {
    await client.end()
  }
}

/** @returns files, from the folder on, in which it lies in whatever form */
export function filesSaying(folder: string, word: string): string[] {
  const forms = formsOf(word)
  return filesIn(folder).filter((path) => formsIn(readFileSync(join(folder, path)), forms).length > 0)
}

/** Every file of a folder, from it on; none where there is no folder. */
export function filesIn(folder: string): string[] {
  try {
    return readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return []
    throw error
  }
}
