/** Asking for an export, seeing what became of it, ending it, and taking the file. */
import {
  cancelSqlExport,
  downloadSqlExport,
  exportNotRead,
  exportOneAtATime,
  exportOver,
  listSqlExports,
  sqlExportJobKind,
  sqlExportLimits,
  startSqlExport,
} from '#contract/sql-console'
import { originOf } from '#server/audit'
import { fileGone } from '#platform/contract/jobs.ts'
import { attachment } from '#platform/server/attachment.ts'
import { dayOf } from '#platform/server/clock.ts'
import { Platform } from '#platform/server/errors.ts'
import type { Jobs } from '#platform/server/jobs.ts'
import { found, handle, NotFound, refuse, Stream, type CentralHandler } from '#platform/server/requests.ts'
import { FileMissing } from '#platform/server/tenant-files.ts'
import { runById } from '../runs/queries.ts'
import { runShown } from '../runs/shown.ts'
import { logged, whole } from '../runs/logged.ts'
import { readApart } from '../statements/reading-apart.ts'
import type { ExportOrder, ExportParts } from './export-job.ts'
import { vaultFor } from './files.ts'
import { cancelExport, exportById, exportsOf, insertExport, underWay } from './queries.ts'
import { exportShown, stateOf } from './shown.ts'
import { mediaTypes } from './writing.ts'

/** In a day nobody asks for more. */
const listed = 100

export function exportHandlers(parts: ExportParts & { jobs: () => Jobs }): CentralHandler[] {
  const { exportFiles, jobs } = parts
  return [
    handle(startSqlExport, async (ctx, { params, body: { statement, format } }) => {
      const { staffId, name: actorName } = ctx.actor
      const row = await runById(ctx.db, params.id)
      if (row?.staffId !== staffId) throw new NotFound()
      const run = await runShown(parts, row)
      const given = run.report?.statements[statement]
      if (run.mode !== 'read' || run.status !== 'simulated' || !given?.columns.length)
        throw refuse(exportNotRead)
      const other = await underWay(ctx.db, staffId)
      if (other) throw refuse(exportOneAtATime, { details: { id: other } })
      const order: ExportOrder = { actorName, language: ctx.request.language, origin: originOf(ctx.request) }
      const total = given.rowCount === null ? undefined : Math.min(given.rowCount, sqlExportLimits.rows)
      const id = await jobs().start(ctx.db, {
        kind: sqlExportJobKind,
        staffId,
        input: order,
        ...(total !== undefined && { total }),
      })
      await insertExport(ctx.db, {
        id,
        staffId,
        tenantId: row.tenantId,
        runId: row.id,
        place: statement,
        format,
        askedAt: ctx.clock.now(),
      })
      ctx.record({
        object: 'sql_export',
        id,
        tenant: row.tenantId ?? undefined,
        ticket: row.ticket || undefined,
        after: {
          run: row.id,
          statement,
          format,
          ...logged(row.tenantId, run, await readApart(run.text)),
          ...whole(run.text, row.digest),
        },
      })
      return exportShown(parts, found(await exportById(ctx.db, id)))
    }),

    handle(listSqlExports, async (ctx) => {
      const rows = await exportsOf(ctx.db, ctx.actor.staffId, listed)
      return { rows: await Promise.all(rows.map((row) => exportShown(parts, row))) }
    }),

    handle(cancelSqlExport, async (ctx, { params: { id } }) => {
      const row = found(await exportById(ctx.db, id, ctx.actor.staffId))
      const state = stateOf(row, ctx.clock.now(), true)
      if (state !== 'waiting' && state !== 'running') throw refuse(exportOver)
      if (!(await cancelExport(ctx.db, id, ctx.clock.now()))) throw refuse(exportOver)
      ctx.record({
        object: 'sql_export',
        id,
        tenant: row.tenantId ?? undefined,
        after: { run: row.runId, rows: row.done },
      })
      return undefined
    }),

    handle(downloadSqlExport, async (ctx, { params: { id } }) => {
      // What was read is taken by whoever may still read it.
      if (!ctx.actor.permissions.has('sql.read'))
        throw new Platform('forbidden', { details: { permission: 'sql.read' } })
      const row = found(await exportById(ctx.db, id, ctx.actor.staffId))
      const vault = await vaultFor(parts, row.tenantId)
      if (!vault || stateOf(row, ctx.clock.now(), true) !== 'made') throw refuse(fileGone)
      const bytes = await exportFiles.open(row.staffId, row.id, vault).catch((error: unknown) => {
        if (error instanceof FileMissing) throw refuse(fileGone)
        throw error
      })
      const { text } = await exportShown(parts, row)
      ctx.record({
        object: 'sql_export',
        id,
        tenant: row.tenantId ?? undefined,
        after: { run: row.runId, format: row.format, rows: row.rowCount, bytes: Number(row.bytes) },
      })
      return new Stream(bytes, {
        'content-type': mediaTypes[row.format],
        'content-length': String(row.bytes),
        'content-disposition': attachment(`${nameOf(text)}-${dayOf(row.askedAt)}.${row.format}`),
        'x-content-type-options': 'nosniff',
      })
    }),
  ]
}

/** From the first table that is read, so that two files are told apart. */
function nameOf(text: string): string {
  const [, table] = /\bfrom\s+"?([\w$]+)/i.exec(text) ?? []
  return `sql-${table ?? 'export'}`
}
