/** Taking away as a file what the SQL console read. */
import * as sql from '#contract/sql-console'
import { fileGone } from '#platform/contract/jobs.ts'
import { author, body, simulated } from '../../harness/sql.ts'
import type { TestServer } from '../../harness/server.ts'
import type { TenancyServer } from '../../harness/tenants.ts'
import { exportFiles } from '../../../modules/sql-console/server/exports/files.ts'
import type { LookStory, RefusalStory, WriteStory } from './story.ts'

/** Nobody else has one under way by then. */
async function read(server: TestServer) {
  const as = await author(server)
  await server.db.deleteFrom('sqlExports').where('staffId', '=', as.staffId).execute()
  const run = await as.call(sql.readSql, { body: body('SELECT name FROM support_tags') })
  return { as, run, input: { params: { id: run.id }, body: { format: 'csv' as const } } }
}

/** Under way for as long as nobody cancels: a job that waits, and that nobody was told of. */
async function underWay(server: TestServer) {
  const { as, run, input } = await read(server)
  const { id } = await server.db
    .insertInto('backgroundJobs')
    .values({ kind: sql.sqlExportJobKind, staffId: as.staffId, input: '{}' })
    .returning('id')
    .executeTakeFirstOrThrow()
  await server.db
    .insertInto('sqlExports')
    .values({ id, staffId: as.staffId, runId: run.id, place: 0, format: 'csv', askedAt: new Date() })
    .execute()
  return { as, input, id }
}

/** Made already. */
async function made(server: TenancyServer) {
  const { as, id } = await underWay(server)
  const { bytes, sha256 } = await exportFiles(server.dataDir).put(
    as.staffId,
    id,
    Buffer.from('name'),
    server.vault,
  )
  const endedAt = new Date()
  await server.db
    .updateTable('sqlExports')
    .set({
      outcome: 'whole',
      endedAt,
      rowCount: 0,
      bytes,
      sha256,
      lapsesAt: new Date(endedAt.getTime() + 3_600_000),
    })
    .where('id', '=', id)
    .execute()
  return { as, input: { params: { id } } }
}

export const looks: LookStory[] = [{ endpoint: sql.downloadSqlExport, tell: made }]

export const writes: WriteStory[] = [
  {
    endpoint: sql.startSqlExport,
    async tell(server) {
      const { as, input } = await read(server)
      return { as, input }
    },
  },
  {
    endpoint: sql.cancelSqlExport,
    async tell(server) {
      const { as, id } = await underWay(server)
      return { as, input: { params: { id } } }
    },
  },
]

export const refusals: RefusalStory[] = [
  {
    endpoint: sql.startSqlExport,
    refusal: sql.exportNotRead,
    async tell(server) {
      const as = await author(server)
      const { id } = await simulated(as)
      return { as, input: { params: { id }, body: { format: 'csv' } } }
    },
  },
  {
    endpoint: sql.startSqlExport,
    refusal: sql.exportOneAtATime,
    async tell(server) {
      const { as, input } = await underWay(server)
      return { as, input }
    },
  },
  {
    endpoint: sql.cancelSqlExport,
    refusal: sql.exportOver,
    async tell(server) {
      const { as, id } = await underWay(server)
      await as.call(sql.cancelSqlExport, { params: { id } })
      return { as, input: { params: { id } } }
    },
  },
  {
    endpoint: sql.downloadSqlExport,
    refusal: fileGone,
    async tell(server) {
      const { as, id } = await underWay(server)
      return { as, input: { params: { id } } }
    },
  },
]
