import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { exportJobKind, exportTenant, tenantStateWrong } from '#contract/tenancy'
import { rightsOf } from '#server/access'
import { originOf, type Audit, type Origin } from '#server/audit'
import { refusal } from '#platform/contract/refusal.ts'
import { dayOf } from '#platform/server/clock.ts'
import type { CentralDb } from '#platform/server/db.ts'
import type { Files } from '#platform/server/files.ts'
import type { BackgroundWork, Jobs, RunningJob } from '#platform/server/jobs.ts'
import { found, handle, refuse, type Handler } from '#platform/server/requests.ts'
import type { Language, Sentences } from '#platform/server/sentences.ts'
import { lockWithName } from '../queries.ts'
import { exportTo, type Exporting } from './exporting.ts'
import { isAtWork, noteResult, notedResult } from './queries.ts'
import { ZipTooLarge } from '#platform/server/zip.ts'

/** What the start wrote down for the job. */
export type ExportOrder = {
  tenantId: string
  reason: string
  /** The day it was asked for. */
  today: string
  actorName: string
  language: Language
  origin: Origin
}

const exportable = ['active', 'suspended', 'moving']

export const exporting = ({ jobs }: { jobs: () => Jobs }): Handler =>
  handle(exportTenant, async (ctx, { params: { id }, body: { reason } }) => {
    const tenant = found(await lockWithName(ctx.db, id))
    if (!exportable.includes(tenant.state)) throw refuse(tenantStateWrong)
    const { staffId, name: actorName } = ctx.actor
    const input: ExportOrder = {
      tenantId: id,
      reason,
      today: dayOf(ctx.clock.now()),
      actorName,
      language: ctx.request.language,
      origin: originOf(ctx.request),
    }
    const jobId = await jobs().start(ctx.db, { kind: exportJobKind, staffId, input })
    ctx.record({ object: 'tenant', id, tenant: id, reason, after: { jobId } })
    return { jobId }
  })

export type ExportWork = Exporting & {
  exported: Files
  sentences: Sentences
  audit: Pick<Audit, 'writeDownAs'>
}

export const exportWork = (on: ExportWork): BackgroundWork => ({
  kind: exportJobKind,
  outlives: true,
  async run(job) {
    const order = job.input as ExportOrder // written above alone
    await mayStill(job)
    // Whoever died after the file was kept had no more to do than to say so.
    const noted = await notedResult(job.db, job.id)
    if (noted) return noted
    await mkdir(on.exported.workFolder, { recursive: true })
    // Named by the job: what a process that died had written is written over, and goes with the rest.
    const path = join(on.exported.workFolder, `tenant-${job.id}`)
    try {
      const { name, rows, files } = await exportTo(path, order.tenantId, on, (done, total) =>
        job.progress(done, total),
      ).catch((error: unknown) => {
        if (error instanceof ZipTooLarge) throw refuse(refusal('tenant_export_too_large', 422))
        throw error
      })
      return await keep(path, order, { name, rows, files }, job, on)
    } finally {
      await rm(path, { force: true })
    }
  },
})

/** A right withdrawn since it was asked for withdraws the export. @throws Refused */
async function mayStill({ db, staffId }: RunningJob): Promise<void> {
  const { permissions } = await rightsOf(db, staffId)
  if (!permissions.has('tenants.export') || !(await isAtWork(db, staffId)))
    throw refuse(refusal('forbidden', 403))
}

/** The file, the line that tells who took a practice's data out of the house, and what the job ends with: together or not at all. */
function keep(
  path: string,
  { tenantId, reason, today, language, actorName, origin }: ExportOrder,
  { name, ...counted }: { name: string; rows: number; files: number },
  { staffId, db, id }: RunningJob,
  { exported, sentences, audit }: ExportWork,
): Promise<Record<string, unknown>> {
  return db.transaction().execute(async (transaction: CentralDb) => {
    // Of one that is purged meanwhile nothing is kept any more.
    const tenant = found(await lockWithName(transaction, tenantId))
    if (!exportable.includes(tenant.state)) throw refuse(tenantStateWrong)
    const fileId = await exported.keep(transaction, {
      path,
      name: `${sentences.say(language, 'tenancy.export.file')}-${today}.zip`,
      mediaType: 'application/zip',
      staffId,
      needsPermission: 'tenants.export',
      limits: undefined,
    })
    await audit.writeDownAs(transaction, {
      verb: 'tenant.export_prepared',
      label: actorName,
      staffId,
      object: 'tenant',
      id: tenantId,
      reason,
      origin,
      after: { ...counted, fileId, jobId: id },
    })
    const result = { fileId, name, ...counted, tenantId }
    await noteResult(transaction, id, result)
    return result
  })
}
