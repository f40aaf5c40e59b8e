import { downloadFile, fileGone, getJob, listJobs, type Job } from '#platform/contract/jobs.ts'
import { attachment } from './attachment.ts'
import { sql, type CentralDb } from './db.ts'
import type { Files } from './files.ts'
import { stillWithin } from './limits.ts'
import { found, handle, refuse, Stream, type Handler, type Limit } from './requests.ts'

type Row = Awaited<ReturnType<typeof ownJobs>>[number]

const ownJobs = (db: CentralDb, staffId: string, id?: string) => {
  const query = db
    .selectFrom('backgroundJobs')
    .where('staffId', '=', staffId)
    .selectAll()
    .orderBy('createdAt', 'desc')
    .limit(30)
  return id
    ? query.where('id', '=', id).execute()
    : query.where('createdAt', '>', sql<Date>`now() - interval '2 days'`).execute()
}

const asJob = (row: Row): Job => ({
  id: row.id,
  kind: row.kind,
  state: row.state as Job['state'], // the column's CHECK holds the same four
  done: row.done,
  total: row.total,
  result: row.result as Job['result'], // written as an object by jobs.ts alone
  errorCode: row.errorCode,
  createdAt: row.createdAt.toISOString(),
  startedAt: row.startedAt?.toISOString() ?? null,
  endedAt: row.endedAt?.toISOString() ?? null,
})

export function jobEndpoints(files: Files): Handler[] {
  return [
    handle(listJobs, async (ctx) => ({ rows: (await ownJobs(ctx.db, ctx.actor.staffId)).map(asJob) })),

    handle(getJob, async (ctx, { params }) =>
      asJob(found((await ownJobs(ctx.db, ctx.actor.staffId, params.id))[0])),
    ),

    handle(downloadFile, async (ctx, { params }) => {
      const row = found(
        await ctx.db
          .selectFrom('storedFiles')
          .where('id', '=', params.id)
          .where('staffId', '=', ctx.actor.staffId)
          .selectAll()
          .executeTakeFirst(),
      )
      // A right withdrawn since the file was made withdraws the file.
      found(ctx.actor.permissions.has(row.needsPermission) || null)
      // So does one that reaches less far by now.
      const then = (row.needsLimits ?? undefined) as readonly Limit[] | undefined // written by files.ts alone
      found(stillWithin(ctx.actor.limits.get(row.needsPermission), then) || null)
      if (row.expiresAt < ctx.clock.now()) throw refuse(fileGone)
      ctx.record({ object: 'file', id: row.id, after: { name: row.name } })
      return new Stream(await files.read(row.storageKey), {
        'content-type': row.mediaType,
        'content-length': String(row.bytes),
        'content-disposition': attachment(row.name),
      })
    }),
  ]
}
