import type { Channel, MessageKind, MessageProblem } from '#contract/reminders'
import { sql } from '#platform/server/db.ts'
import type { TenantTables } from '#platform/server/tenant-db.ts'

type Db = TenantTables<'messages'>

export type DueMessage = {
  id: string
  channel: Channel
  kind: MessageKind
  patientId: string | null
  appointmentId: string | null
  feeNoteId: string | null
  resendOf: string | null
  writtenBy: string | null
  recipient: string
  subject: string
  body: string
  tries: number
}

/** The next one that is due, held: nobody else takes it before this transaction ends. */
export async function nextDue(
  db: Db,
  now: Date,
  { reminders }: { reminders: boolean },
): Promise<DueMessage | undefined> {
  const kinds = reminders ? sql`true` : sql`kind <> 'reminder'`
  const { rows } = await sql<DueMessage>`
    select id, channel, kind, patient_id, appointment_id, fee_note_id, resend_of, written_by, recipient, subject, body, tries
    from messages where state in ('waiting', 'sending') and due_at <= ${now} and ${kinds}
    order by due_at, id limit 1 for update skip locked`.execute(db)
  return rows[0]
}

/** From now on it is being sent; whoever dies over it leaves it to be taken again at `until`, by the same id. */
export async function markSending(
  db: Db,
  {
    id,
    patientId,
    recipient,
    subject,
    body,
  }: Pick<DueMessage, 'id' | 'patientId' | 'recipient' | 'subject' | 'body'>,
  until: Date,
): Promise<void> {
  await db
    .updateTable('messages')
    .set({
      state: 'sending',
      patientId,
      recipient,
      subject,
      body,
      tries: sql<number>`tries + 1`,
      dueAt: until,
    })
    .where('id', '=', id)
    .execute()
}

export async function markCancelled(db: Db, id: string, problem: MessageProblem | null): Promise<void> {
  await db.updateTable('messages').set({ state: 'cancelled', problem }).where('id', '=', id).execute()
}

export async function markSent(db: Db, id: string, carrierId: string, sentAt: Date): Promise<void> {
  await db
    .updateTable('messages')
    .set({ state: 'sent', carrierId, sentAt, problem: null })
    .where('id', '=', id)
    .where('state', '=', 'sending')
    .execute()
}

/** @param again when it is tried again; null: it is given up */
export async function markFailed(
  db: Db,
  id: string,
  problem: MessageProblem,
  again: Date | null,
): Promise<void> {
  await db
    .updateTable('messages')
    .set({ state: again ? 'waiting' : 'failed', problem, ...(again && { dueAt: again }) })
    .where('id', '=', id)
    .where('state', '=', 'sending')
    .execute()
}
