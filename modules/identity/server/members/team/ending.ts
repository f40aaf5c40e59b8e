/** Accesses whose last day is over: refused from that moment on, and soon afterwards ended for good. */
import type { CentralDb } from '#platform/server/db.ts'
import type { Schedule } from '#platform/server/jobs.ts'
import { tell } from '#platform/server/news.ts'
import type { MemberParts } from '../parts.ts'
import { takeOut } from '../leaving.ts'
import { grantsRunOut } from '../queries.ts'

export function endingGrants(parts: MemberParts): Schedule {
  return {
    name: 'grants-run-out',
    cron: '*/10 * * * *',
    run: (db) =>
      db.transaction().execute(async (transaction: CentralDb) => {
        for (const { id, tenantId, endsAt } of await grantsRunOut(transaction, parts.clock.now())) {
          await takeOut(parts, transaction, id, { now: endsAt ?? parts.clock.now(), by: null })
          await tell(transaction, { topic: 'member_sessions', id })
          await tell(transaction, { topic: 'team', tenant: tenantId, needs: 'cabinet.members' })
          await parts.audit.writeDownAs(transaction, {
            verb: 'member.departed',
            label: 'last_day',
            object: 'member',
            id,
            tenant: tenantId,
          })
        }
      }),
  }
}
