import { getRetention, retentionChanged, saveRetention } from '#contract/audit'
import type { Clock } from '#platform/server/clock.ts'
import type { CentralDb } from '#platform/server/db.ts'
import { uuidv7 } from '#platform/server/ids.ts'
import type { Schedule } from '#platform/server/jobs.ts'
import { handle, refuse, Refused, type Handler } from '#platform/server/requests.ts'
import type { Sentences } from '#platform/server/sentences.ts'
import type { Writing } from '../writing.ts'
import { writeRequest } from './asking.ts'
import { bindingOf } from './binding.ts'
import { keptSince } from './limits.ts'
import { changeRetention, retention } from './queries.ts'

export const retaining: Handler[] = [
  handle(getRetention, (ctx) => retention(ctx.db)),

  handle(saveRetention, async (ctx, { body }) => {
    const before = await retention(ctx.db)
    const after = await changeRetention(ctx.db, body)
    if (!after) throw refuse(retentionChanged, { details: { current: await retention(ctx.db) } })
    ctx.record({
      object: 'audit_retention',
      before: { payloadMonths: before.payloadMonths },
      after: { payloadMonths: after.payloadMonths },
    })
    return after
  }),
]

/** Each night what is older than the setting is asked to be erased, as a person would ask. */
export const retentionSchedule = (on: {
  audit: Pick<Writing, 'write'>
  clock: Clock
  sentences: Sentences
}): Schedule => ({
  name: 'audit-retention',
  cron: '40 3 * * *',
  run: (db) => eraseWhatIsOld(db, on),
})

export async function eraseWhatIsOld(
  db: CentralDb,
  { audit, clock, sentences }: { audit: Pick<Writing, 'write'>; clock: Clock; sentences: Sentences },
): Promise<void> {
  const { payloadMonths } = await retention(db)
  if (payloadMonths === null) return
  const now = clock.now()
  const meant = { kind: 'age' as const, before: keptSince(now, payloadMonths) }
  const id = uuidv7(now.getTime())
  // It stands in the log, in the language of the house.
  const reason = sentences.say('fr', 'audit.erasure.by-retention', { months: payloadMonths })
  const asked = { ...meant, id, reason, requestedBy: null }
  try {
    await db.transaction().execute(async (within) => {
      const entryId = await audit.write(within, {
        actor: { type: 'system', id: 'system' },
        verb: 'audit_payloads.erasure_requested',
        object: { type: 'audit_payloads', id },
        reason,
        ticket: bindingOf(asked),
        result: 'done',
        after: meant,
      })
      await writeRequest(within, { ...asked, entryId })
    })
  } catch (error) {
    // Nothing is that old, or yesterday's still waits: not even an entry stays of it.
    if (!(error instanceof Refused)) throw error
  }
}
