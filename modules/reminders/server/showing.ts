import { MessageProblem, type Message } from '#contract/reminders'
import { phoneShown } from '#platform/contract/phones.ts'
import { Platform } from '#platform/server/errors.ts'
import { found, type TenantContext } from '#platform/server/requests.ts'
import { captured } from './delivering.ts'
import { messageRow, type MessageRow } from './message-queries.ts'
import { practiceFacts } from './practice-queries.ts'

export const seesPatients = ({ member }: Pick<TenantContext, 'member'>) =>
  member.permissions.has('patients.read')

/**
 * What an endpoint's own `may` does not say: sending is one permission, and to whom or what is another.
 * @throws {Platform} as its `may` would
 */
export function mustHold({ member }: Pick<TenantContext, 'member'>, permission: string): void {
  if (!member.permissions.has(permission))
    throw new Platform('forbidden', { details: { permission }, to: 'member' })
}

export async function shownMessage(ctx: TenantContext, id: string): Promise<Message> {
  const { timeZone } = await practiceFacts(ctx.db)
  return shown(found(await messageRow(ctx.db, timeZone, id)), seesPatients(ctx))
}

/** To who may not see patients, that it left: neither to whom nor what. */
export function shown(row: MessageRow, seesThem: boolean): Message {
  const { id, channel, kind, patientId, patientName, recipient, subject, body, state, carrierId } = row
  return {
    id,
    channel,
    kind,
    patient: patientId ? { id: patientId, name: seesThem ? patientName : null } : null,
    recipient: seesThem ? (channel === 'sms' ? phoneShown(recipient) : recipient) : null,
    subject: seesThem ? subject : null,
    body: seesThem ? body : null,
    state,
    captured: carrierId === captured,
    tries: row.tries,
    // What a former release or an import wrote in words of its own did not reach anybody either.
    problem: row.problem === null ? null : MessageProblem.catch('unreachable').parse(row.problem),
    appointment: row.appointment,
    feeNoteId: row.feeNoteId,
    resendOf: row.resendOf,
    writtenBy: row.writtenBy,
    writtenAt: row.writtenAt.toISOString(),
    dueAt: row.dueAt.toISOString(),
    sentAt: row.sentAt?.toISOString() ?? null,
  }
}
