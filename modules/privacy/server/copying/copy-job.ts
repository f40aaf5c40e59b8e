import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { copyJobKind, type CopyOutcome } from '#contract/privacy'
import { rightsOf } from '#server/access'
import type { Audit, Origin } from '#server/audit'
import { refusal } from '#platform/contract/refusal.ts'
import type { Clock } from '#platform/server/clock.ts'
import type { CentralDb } from '#platform/server/db.ts'
import type { Files } from '#platform/server/files.ts'
import type { BackgroundWork, RunningJob } from '#platform/server/jobs.ts'
import { tell } from '#platform/server/news.ts'
import { newToken } from '#platform/server/random.ts'
import { refuse } from '#platform/server/requests.ts'
import type { Language, Sentences } from '#platform/server/sentences.ts'
import { insertStep, isAtWork } from '../queries.ts'
import { copyOf } from './contents.ts'

/** What the start wrote down for the job. */
export type CopyOrder = {
  requestId: string
  number: number
  kind: 'access' | 'portability'
  clientId: string
  /** The day it was asked for. */
  today: string
  actorName: string
  language: Language
  origin: Origin
}

type On = { audit: Audit; files: Files; sentences: Sentences; clock: Clock }

export function copyWork(on: On): BackgroundWork {
  return {
    kind: copyJobKind,
    async run(job): Promise<CopyOutcome> {
      const order = job.input as CopyOrder // written by copying.ts alone
      await checkStillMay(job)
      await mkdir(on.files.workFolder, { recursive: true })
      const path = join(on.files.workFolder, `copy-${newToken()}`)
      try {
        const copy = await copyOf(job.db, order, on.clock.now())
        await writeFile(path, `${JSON.stringify(copy, null, 2)}\n`, { mode: 0o600 })
        const fileId = await keep(path, order, job, on)
        job.progress(1, 1)
        return { fileId, number: order.number }
      } finally {
        await rm(path, { force: true })
      }
    },
  }
}

/** A right withdrawn since the copy was asked for withdraws the copy. @throws Refused */
async function checkStillMay({ db, staffId }: RunningJob): Promise<void> {
  const { permissions } = await rightsOf(db, staffId)
  if (!permissions.has('privacy.manage') || !(await isAtWork(db, staffId)))
    throw refuse(refusal('forbidden', 403))
}

/** The file, the step and the line that tells who took whose data out of the house: together or not at all. */
async function keep(
  path: string,
  { requestId, number, today, language, actorName, origin }: CopyOrder,
  { staffId, db }: RunningJob,
  { files, sentences, audit, clock }: On,
): Promise<string> {
  const sha256 = createHash('sha256')
    .update(await readFile(path))
    .digest('hex')
  return db.transaction().execute(async (transaction: CentralDb) => {
    const fileId = await files.keep(transaction, {
      path,
      name: `${sentences.say(language, 'privacy.copy.file', { number: String(number) })}-${today}.json`,
      mediaType: 'application/json',
      staffId,
      needsPermission: 'privacy.manage',
      limits: undefined,
    })
    await insertStep(transaction, {
      requestId,
      kind: 'copy_prepared',
      at: clock.now(),
      staffId,
      note: sha256,
    })
    await audit.writeDownAs(transaction, {
      verb: 'privacy_request.copy_prepared',
      label: actorName,
      staffId,
      object: 'privacy_request',
      id: requestId,
      origin,
      after: { number, fileId, sha256 },
    })
    await tell(transaction, { topic: 'privacy', needs: 'privacy.read', id: requestId })
    return fileId
  })
}
