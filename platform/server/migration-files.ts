import { createHash } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { PostgresError } from './postgres-error.ts'

export type Migration = {
  version: number
  /** "0001_foundation" */
  name: string
  /** SHA-256 of the file, line ends aside: a checkout on another system is the same migration. */
  checksum: string
  sql: string
}

/** The files NNNN_name.sql of a folder, in order. Other files there are none of its business. */
export function readMigrations(folder: string): Migration[] {
  const migrations = fs
    .readdirSync(folder)
    .filter((file) => /^\d{4}_\w+\.sql$/.test(file))
    .sort()
    .map((file) => {
      const sql = fs.readFileSync(path.join(folder, file), 'utf8').replaceAll('\r\n', '\n')
      const checksum = createHash('sha256').update(sql).digest('hex')
      return { version: Number(file.slice(0, 4)), name: path.basename(file, '.sql'), checksum, sql }
    })
  migrations.forEach((migration, index) => {
    const before = migrations[index - 1]
    if (before?.version === migration.version) {
      throw new PostgresError(`Two migrations bear one number: ${before.name} and ${migration.name}.`)
    }
  })
  return migrations
}
