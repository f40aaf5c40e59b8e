/** What an archive holds, to the row and to the byte: its last section, and what a restored database is held against. */
export type Manifest = {
  format: 1
  tenantId: string
  backupId: string
  madeAt: string
  schemaVersion: number
  /** What had been run in the database, with SHA-256 of the files. */
  migrations: readonly AppliedMigration[]
  tables: readonly TableContents[]
  sequences: readonly SequenceState[]
  files: readonly FileContents[]
}

export type AppliedMigration = { version: number; name: string; checksum: string }

/** The columns in their order; rows as PostgreSQL's COPY writes them as text, by primary key; SHA-256 of that, in hex. */
export type TableContents = {
  name: string
  columns: readonly string[]
  rows: number
  bytes: number
  sha256: string
}

/** Null: no value was taken from it yet. */
export type SequenceState = { name: string; last: string | null }

/** `missing`: its row was there and it was not, when the archive was made. */
export type FileContents = { id: string; bytes: number; sha256: string } | { id: string; missing: true }

export const rowsByTable = (tables: readonly TableContents[]): Record<string, number> =>
  Object.fromEntries(tables.map(({ name, rows }) => [name, rows]))
