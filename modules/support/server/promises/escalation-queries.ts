/** Every statement about what policies do by themselves when a promise comes near or is late. */
import type { Escalation, EscalationMoment, TargetName } from '#contract/support'
import { sql, type CentralDb } from '#platform/server/db.ts'
import { momentsPassed } from './moments.ts'

export type DueStep = {
  ticketId: string
  /** The policy's name: it acts under it. */
  policy: string
  target: TargetName
  kind: EscalationMoment
  dueAt: Date
  escalations: Escalation[]
}

/**
 * Steps to take, the oldest moment first. A step that was taken since the moment it is about is taken: a due date that a
 * pause, or the step itself, moved begins nothing anew.
 */
export async function stepsDue(
  db: CentralDb,
  now: Date,
  atWork: readonly string[],
  ticketId?: string,
): Promise<DueStep[]> {
  const { rows } = await sql<DueStep>`
    select late.ticket_id as "ticketId", policy.name as policy, late.target, late.kind,
      late.due as "dueAt", version.escalations
    from ${momentsPassed(now, atWork, ticketId)} late
    join support_policy_versions version on version.id = late.policy_version
    join support_policies policy on policy.id = version.policy_id
    where exists (select from jsonb_array_elements(version.escalations) step where step ->> 'when' = late.kind
        and coalesce(step ->> 'target', late.target) = late.target)
      and not exists (select from support_escalations taken where taken.ticket_id = late.ticket_id
        and taken.target = late.target and taken.kind = late.kind and taken.taken_at >= late.at)
    order by late.at, late.kind desc
    limit 1000`.execute(db)
  return rows
}

export async function insertTaken(
  db: CentralDb,
  { ticketId, target, kind, dueAt }: DueStep,
  takenAt: Date,
): Promise<void> {
  await db
    .insertInto('supportEscalations')
    .values({ ticketId, target, kind, dueAt, takenAt })
    .onConflict((clash) => clash.doNothing())
    .execute()
}

export const leadOf = (db: CentralDb, teamId: string): Promise<string | null> =>
  db
    .selectFrom('supportTeams')
    .select('leadId')
    .where('id', '=', teamId)
    .executeTakeFirst()
    .then((row) => row?.leadId ?? null)
