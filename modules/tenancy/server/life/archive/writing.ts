import { createHash } from 'node:crypto'
import type pg from 'pg'
import { pieces } from '#platform/server/frames.ts'
import { FileMissing, type TenantFiles } from '#platform/server/tenant-files.ts'
import type { Vault } from '#platform/server/vault.ts'
import { copyOut } from './copying.ts'
import type { FileContents, Manifest, TableContents } from './manifest.ts'
import { chunkBytes, type Whose } from './sealing.ts'
import { dataRecord, headRecord } from './sections.ts'
import { migrationsOf, prepare, sequencesOf, tablesOf } from './tables.ts'

export type ArchiveSource = Whose & {
  /** A connection as the owner of what is in the database, with no transaction open. */
  client: pg.ClientBase
  files: TenantFiles
  /** Of the tenant: its files are sealed with it. */
  vault: Vault
  madeAt: Date
  /** Bytes that have passed, of the whole. */
  progress?(done: number, total: number): void
}

/**
 * A tenant's database and files as they were at one instant, not sealed yet; the practice goes on meanwhile.
 * @param whole called with what the archive holds, once all of it has passed
 */
export async function* archiveOf(
  source: ArchiveSource,
  whole: (manifest: Manifest) => void,
): AsyncGenerator<Buffer> {
  const { client, tenantId, backupId, madeAt } = source
  await prepare(client)
  await client.query('begin isolation level repeatable read read only')
  try {
    const progress = await progressOf(source)
    const migrations = await migrationsOf(client)
    const tables: TableContents[] = []
    for (const table of await tablesOf(client)) {
      yield headRecord({ is: 'table', name: table.name })
      const outflow = copyOut(client, table)
      yield* recorded(outflow.data, progress)
      tables.push(outflow.contents())
    }
    const sequences = await sequencesOf(client)
    const files: FileContents[] = []
    for (const id of await filesNamedIn(client)) files.push(yield* fileSection(id, source, progress))
    const manifest: Manifest = {
      format: 1,
      tenantId,
      backupId,
      madeAt: madeAt.toISOString(),
      schemaVersion: migrations.at(-1)?.version ?? 0,
      migrations,
      tables,
      sequences,
      files,
    }
    yield headRecord({ is: 'manifest' })
    yield dataRecord(Buffer.from(JSON.stringify(manifest)))
    whole(manifest)
  } finally {
    await client.query('rollback').catch(() => {})
  }
}

async function* recorded(
  data: AsyncIterable<Buffer>,
  progress: (bytes: number) => void,
): AsyncGenerator<Buffer> {
  for await (const { piece } of pieces(data, chunkBytes)) {
    if (piece.length > 0) yield dataRecord(piece)
    progress(piece.length)
  }
}

async function* fileSection(
  id: string,
  { files, tenantId, vault }: ArchiveSource,
  progress: (bytes: number) => void,
): AsyncGenerator<Buffer, FileContents> {
  const stored = await files.open(tenantId, id, vault).catch((error: unknown) => {
    if (error instanceof FileMissing) return undefined
    throw error
  })
  // Who takes a file away takes its row first: this one went since our instant, or is lost. The rest is worth keeping.
  if (!stored) return { id, missing: true }
  const hash = createHash('sha256')
  let bytes = 0
  yield headRecord({ is: 'file', id })
  for await (const chunk of stored as AsyncIterable<Buffer>) {
    hash.update(chunk)
    bytes += chunk.length
    yield dataRecord(chunk)
    progress(chunk.length)
  }
  return { id, bytes, sha256: hash.digest('hex') }
}

export async function filesNamedIn(client: pg.ClientBase): Promise<string[]> {
  const { rows } = await client.query<{ id: string }>('select id from public.files order by id')
  return rows.map(({ id }) => id)
}

/** Rows are counted by what their tables take on the disk: nearly what they take here. */
async function progressOf(source: ArchiveSource): Promise<(bytes: number) => void> {
  const { rows } = await source.client.query<{ total: string }>(`
    select (coalesce(sum(pg_table_size(oid)) filter (where relkind = 'r'), 0)
      + (select coalesce(sum(bytes), 0) from public.files))::text as total
    from pg_class where relnamespace = 'public'::regnamespace`)
  const total = Number(rows[0]?.total ?? 0)
  let done = 0
  return (bytes) => source.progress?.(Math.min((done += bytes), total), total)
}
