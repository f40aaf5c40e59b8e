import { peopleWith } from '#server/access'
import type { CentralDb } from '#platform/server/db.ts'
import type { Schedule } from '#platform/server/jobs.ts'
import { tell } from '#platform/server/news.ts'
import { momentFor, write } from '../letters.ts'
import { expiryOf, makeLink, revokeLinks } from '../links/tokens.ts'
import type { Parts } from '../parts.ts'
import { endSessions } from '../queries.ts'
import { approvalsNeeded, isOpen, whoCounts } from './approvals.ts'
import { tellOf } from './letters.ts'
import { dueResets, lockFactors, markDone, removeFactors, resetById, setEffect } from './queries.ts'

type Needs = Pick<Parts, 'audit' | 'mail' | 'backofficeUrl' | 'clock'>

const label = 'system'

/** Every minute: what was approved, and refused by nobody for a day, takes effect. */
export function carryingOut(parts: Needs): Schedule {
  return {
    name: 'factor-resets',
    cron: '* * * * *',
    async run(db) {
      const due = await dueResets(db, parts.clock.now())
      for (const reset of due)
        await db.transaction().execute((transaction: CentralDb) => carryOut(parts, transaction, reset))
    },
  }
}

/** Once, whoever else tries at the same time: what it finds over, or no longer due, it leaves. */
async function carryOut(
  parts: Needs,
  db: CentralDb,
  { id, staffId }: { id: string; staffId: string },
): Promise<void> {
  await lockFactors(db, staffId)
  const now = parts.clock.now()
  const reset = await resetById(db, id)
  if (!reset || !isOpen(reset) || !reset.effectiveAt || reset.effectiveAt > now) return
  const person = { ...reset, id: staffId }
  const line = { label, object: 'staff_member', id: staffId }

  // Who was suspended or lost the right since the approval no longer stands for it.
  const counting = whoCounts(reset, await peopleWith(db, 'staff.reset_factors'))
  if (counting.length < approvalsNeeded) {
    await setEffect(db, id, null)
    await tellOf(parts, db, person, { what: 'postponed', id, now })
    await parts.audit.writeDownAs(db, {
      ...line,
      verb: 'factor_reset.postponed',
      before: { effectiveAt: reset.effectiveAt },
    })
    return tellTeam(db, staffId)
  }

  await removeFactors(db, staffId)
  await markDone(db, id, now)
  await endSessions(db, { staffId }, { reason: 'factor_reset', by: null, now })
  await revokeLinks(db, { staffId, kinds: ['factor_reset_refusal'] }, now)
  const kind = 'factor_enrolment'
  const token = await makeLink(db, { staffId, kind, now, aboutId: id })
  await write(parts, db, person, {
    about: 'factor_reset_done',
    values: { until: momentFor(person, expiryOf(kind, now)) },
    link: { kind, token },
  })
  await parts.audit.writeDownAs(db, {
    ...line,
    verb: 'factor_reset.carried_out',
    after: { approvedBy: counting.map(({ name }) => name) },
  })
  await tellTeam(db, staffId)
}

async function tellTeam(db: CentralDb, staffId: string): Promise<void> {
  await tell(db, { topic: 'sessions' })
  await tell(db, { topic: 'account', only: staffId })
  await tell(db, { topic: 'staff', needs: 'staff.read', id: staffId })
  await tell(db, { topic: 'factor_resets', needs: 'staff.reset_factors' })
}
