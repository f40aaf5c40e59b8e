/**
 * What happens to a ticket is added to its log, and everything the clocks say is worked out anew from the whole of it: what
 * stands in the ticket's row is a copy, for sorting (decision 0028).
 */
import type { CentralDb } from '#platform/server/db.ts'
import { agreementAt, type AgreementAt } from '../promises/agreements.ts'
import type { Parts } from '../parts.ts'
import { clocksOf, type Clocks } from '../sla/targets.ts'
import { standingIn, targetsOf, toldToClocks, type LogRow } from './log-of-ticket.ts'
import { measuredOf } from './measuring.ts'
import { allStorable, storable } from './storable.ts'
import { insertEvents, logsOf, saveClocks, type StoredClocks } from './queries.ts'

/** Who did it; the label is what they were called that day. */
export type By = { staffId?: string; memberId?: string; label: string }

/** `data`: what the kind says of itself, as `sla/ticket-log.ts` reads it: `{ priority: 'high' }`. */
export type Happening = { kind: string; by: By; data?: object; at?: Date }

/** Within the caller's transaction, which holds the ticket (`lockTicket`). */
export async function happened(
  db: CentralDb,
  { clock }: Pick<Parts, 'clock'>,
  ticketId: string,
  events: readonly Happening[],
): Promise<void> {
  if (events.length === 0) return
  const now = clock.now()
  await insertEvents(
    db,
    events.map(({ kind, by, data = {}, at = now }) => ({
      ticketId,
      at,
      kind,
      data: JSON.stringify(allStorable(data)),
      actorStaffId: by.staffId ?? null,
      actorMemberId: by.memberId ?? null,
      actorLabel: storable(by.label),
    })),
  )
  await recompute(db, await agreementAt(db), now, [ticketId])
}

/** Works the clocks of some tickets out anew: after something happened to one, or promises or calendars changed. */
export async function recompute(
  db: CentralDb,
  agreements: AgreementAt,
  now: Date,
  ids: readonly string[],
): Promise<void> {
  const logs = Map.groupBy(await logsOf(db, ids), ({ ticketId }) => ticketId)
  const stored = [...logs].map(([id, rows]) => storedClocks(id, rows, agreements, now))
  if (stored.length > 0) await saveClocks(db, stored)
}

function storedClocks(id: string, rows: readonly LogRow[], agreements: AgreementAt, now: Date): StoredClocks {
  const standing = standingIn(rows)
  const clocks = clocksOf(toldToClocks(standing), agreements, now.getTime())
  const policyVersion =
    (clocks.resolution ?? clocks.nextResponse ?? clocks.firstResponse)?.agreement.policyVersion ?? null
  return {
    id,
    clocks: {
      targets: targetsOf(clocks),
      longestExchangeSeconds: clocks.longestExchange?.elapsedSeconds ?? null,
      policyVersion,
    },
    ...measuredOf(clocks),
    policy_version_id: policyVersion,
    reopenings: standing.filter(({ kind }) => kind === 'reopened').length,
    due_at: instant(clocks.nextEscalation?.due ?? null),
    warns_at: instant(earliestWarning(clocks)),
    breached: clocks.hasBreach,
    first_responded_at: rows.find(({ kind }) => kind === 'agent_reply')?.at.toISOString() ?? null,
  }
}

/** Of the promises that are open; none while nothing runs out. */
function earliestWarning(clocks: Clocks): number | null {
  if (!clocks.nextEscalation) return null
  const open = [clocks.firstResponse, clocks.nextResponse, clocks.resolution].flatMap((target) =>
    target && target.settledAt === null && target.warnsAt !== null ? [target.warnsAt] : [],
  )
  return open.length === 0 ? null : Math.min(...open)
}

const instant = (at: number | null) => (at === null ? null : new Date(at).toISOString())
