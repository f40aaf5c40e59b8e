import { auditExportJobKind, startAuditExport } from '#contract/audit'
import type { Jobs } from '#platform/server/jobs.ts'
import { handle, type Handler } from '#platform/server/requests.ts'
import type { Vault } from '#platform/server/vault.ts'
import { namedFor } from '../searching/names.ts'
import { wantedOf } from '../searching/wanted.ts'
import { originOf } from '../writing.ts'
import type { ExportOrder } from './export-job.ts'

export function exporting({ jobs, vault }: { jobs: () => Jobs; vault: Vault }): Handler {
  return handle(startAuditExport, async (ctx, { body: { format, filter } }) => {
    // What is wrong with the filter is said now and not by the job.
    await wantedOf(ctx.db, filter, { vault, mine: namedFor(ctx.actor), place: 'body' })
    const { staffId, name: actorName } = ctx.actor
    const order: ExportOrder = {
      format,
      filter,
      actorName,
      language: ctx.request.language,
      origin: originOf(ctx.request),
    }
    const jobId = await jobs().start(ctx.db, { kind: auditExportJobKind, staffId, input: order })
    ctx.record({ object: 'audit_export', id: jobId, after: { format, filter } })
    return { jobId }
  })
}
