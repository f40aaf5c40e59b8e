// One import, one transaction: all accepted rows with their line in the audit log, or nothing at all.
import type pg from 'pg'
import type { Audit, Origin } from '#server/audit'
import { centralDb, type CentralDb } from '#platform/server/db.ts'
import { tell } from '#platform/server/news.ts'
import { resolveColumns, type Columns } from './mapping.ts'
import { openFile, type OpenedFile } from './opening.ts'
import type { ImportReport } from '#contract/clients'
import { settleRows } from './settling.ts'
import { fileSource } from './source.ts'
import { stageRows } from './staging.ts'

export type ImportOrder = {
  file: OpenedFile
  columns: Columns
  dryRun: boolean
  audit: Audit
  /** Who the audit log names: a staff member, or the command line. */
  actor: { label: string; staffId?: string; origin?: Origin | undefined }
  onProgress?: (progress: ImportProgress) => void
}

/** `done` of `total` are shares of the work, not rows: reading is a fifth of it where rows are saved too. */
export type ImportProgress = { phase: 'reading' | 'saving'; rows: number; done: number; total: number }

/** A file on disk, from its name to its report: what the command line does. */
export async function importFile(
  pool: pg.Pool,
  order: { path: string; name: string; mapping?: Record<string, string | null> } & Omit<
    ImportOrder,
    'file' | 'columns'
  >,
): Promise<ImportReport> {
  const { path, name, mapping, ...rest } = order
  const file = await openFile(fileSource(path, name))
  return runImport(pool, { ...rest, file, columns: resolveColumns(file.headings, mapping) })
}

/** A kill at any instant before the commit leaves nothing; after it, everything. */
export async function runImport(pool: pg.Pool, order: ImportOrder): Promise<ImportReport> {
  const { file, columns, dryRun, onProgress = () => {} } = order
  const client = await pool.connect()
  // The loss of a connection is told to the query that waits, and once more to nobody in particular.
  const lost = () => {}
  client.on('error', lost)
  try {
    await client.query('begin')
    await client.query(`set local statement_timeout = '30min'`)
    // When we are killed, PostgreSQL notices within a second, even in the middle of the long insert, and lets go.
    await client.query(`set local client_connection_check_interval = '1s'`)
    const total = file.bytes * (dryRun ? 1 : 5)
    const staged = await stageRows(client, file, columns, ({ rows, bytes }) =>
      onProgress({ phase: 'reading', rows, done: bytes, total }),
    )
    const report = await settleRows(client, staged, {
      apply: !dryRun,
      onSaved: (rows, of) =>
        onProgress({ phase: 'saving', rows, done: file.bytes + file.bytes * 4 * (rows / of), total }),
    })
    if (dryRun) await client.query('rollback')
    else {
      await writeAudit(client, order, report)
      await client.query('commit')
    }
    client.off('error', lost)
    client.release()
    return report
  } catch (error) {
    // Closing the connection rolls back, also when the connection itself is what failed.
    client.release(true)
    throw error
  }
}

/** Beyond this many, the entry names the file's fingerprint only: a log is read by people. */
const mostIdsInLog = 5_000

async function writeAudit(client: pg.PoolClient, { file, actor, audit }: ImportOrder, report: ImportReport) {
  const db = dbOn(client)
  const { rows: inserted } =
    report.accepted <= mostIdsInLog
      ? await client.query<{ id: string }>(`select id from staged_clients where verdict is null order by row`)
      : { rows: [] }
  const { rows, accepted, rejected } = report
  const warnings = report.warnings.length
  await audit.writeDownAs(db, {
    verb: 'client.imported',
    label: actor.label,
    ...(actor.staffId ? { staffId: actor.staffId } : {}),
    object: 'client',
    count: report.accepted,
    origin: actor.origin,
    after: {
      file: { name: file.source.name, bytes: file.bytes, sha256: file.sha256 },
      rows,
      accepted,
      rejected,
      warnings,
      ...(inserted.length > 0 ? { ids: inserted.map(({ id }) => id) } : {}),
    },
  })
  if (accepted > 0) await tell(db, { topic: 'clients', needs: 'clients.read' })
}

/** What expects a Kysely handle, on the connection whose transaction we are in. */
function dbOn(client: pg.PoolClient): CentralDb {
  const held = { query: client.query.bind(client), release: () => {} }
  return centralDb({ connect: async () => held, end: async () => {}, options: {} })
}
