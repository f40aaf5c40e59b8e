import type { Impersonation } from '#contract/impersonation'
import type { RawBuilder } from 'kysely'
import { sql } from '#platform/server/db.ts'
import type { Row } from './queries.ts'

/** In which state one is, as SQL over `impersonations i`; the same as `stateNow` says of a row. */
export const stateOf = (now: Date): RawBuilder<Impersonation['state']> => sql`case
  when i.refused_at is not null then 'refused'
  when i.started_at is not null then case when i.ended_at is null and i.ends_at > ${now} then 'running' else 'ended' end
  when i.ended_at is not null or i.lapses_at <= ${now} then 'lapsed'
  when i.policy = 'consent' and i.agreed_at is null and i.approved_at is null then 'waiting'
  else 'ready' end`

export function stateNow(row: Row, now: Date): Impersonation['state'] {
  if (row.refusedAt) return 'refused'
  if (row.startedAt) return !row.endedAt && row.endsAt && row.endsAt > now ? 'running' : 'ended'
  if (row.endedAt || row.lapsesAt <= now) return 'lapsed'
  return row.policy === 'consent' && !row.agreedAt && !row.approvedAt ? 'waiting' : 'ready'
}

const text = <Moment extends Date | null>(moment: Moment) =>
  (moment?.toISOString() ?? null) as Moment extends null ? null : string

/** As it goes over the wire. Whose time is over has ended, though nobody may have said so yet. */
export function shown(row: Row, now: Date): Impersonation {
  const state = stateNow(row, now)
  const isOver = state === 'ended' && row.endedAt === null
  return {
    id: row.id,
    state,
    actor: { id: row.staffId, name: row.actorName },
    subject: { id: row.memberId, name: row.memberName, profile: row.memberProfile },
    tenant: { id: row.tenantId, name: row.tenantName, clientId: row.clientId },
    purpose: row.purpose,
    reason: row.reason,
    reference: row.reference,
    mayWrite: row.mayWrite,
    minutes: row.minutes,
    policy: row.policy,
    askedAt: row.askedAt.toISOString(),
    lapsesAt: row.lapsesAt.toISOString(),
    agreedAt: text(row.agreedAt),
    refusedAt: text(row.refusedAt),
    answeredBy: row.answeredBy,
    wantsNotes: row.wantsNotes,
    notesOpenedAt: text(row.notesOpenedAt),
    breakGlass: row.breakGlass,
    approvedBy: row.approvedBy,
    approvedAt: text(row.approvedAt),
    reviewedBy: row.reviewedBy,
    reviewedAt: text(row.reviewedAt),
    review: row.review,
    startedAt: text(row.startedAt),
    endsAt: text(row.endsAt),
    endedAt: text(isOver ? row.endsAt : row.endedAt),
    endedBy: isOver ? 'time' : row.endedBy,
    ender: row.ender,
    acts: row.acts,
  }
}
