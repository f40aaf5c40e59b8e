/**
 * From the journal to the carrier. What is to leave is claimed and committed before the carrier is asked, and settled after:
 * a process that dies between leaves it claimed, and whoever takes it up asks with the same id, by which the carrier knows
 * that it has it.
 */
import type { MessageProblem } from '#contract/reminders'
import { noteToSend } from '#server/fees'
import { isRefusedForGood } from '#platform/server/mail-postman.ts'
import { SmsRefused } from '#platform/server/sms.ts'
import type { TenantDb } from '#platform/server/tenant-db.ts'
import { tell } from '#platform/server/news.ts'
import {
  markCancelled,
  markFailed,
  markSending,
  markSent,
  nextDue,
  type DueMessage,
} from './delivering-queries.ts'
import { appointmentNow } from './message-queries.ts'
import type { Parts } from './parts.ts'
import { isDaytime } from './planning.ts'
import { isStillDue } from './planning-queries.ts'
import { practiceFacts, practiceNow, type PracticeFacts } from './practice-queries.ts'
import { reachOf } from './reaching.ts'
import { letterHtml, reminderText, type Place } from './texts.ts'

/** Minutes before each try after the first; after the last of them it is given up. */
const waits = [5, 15, 60, 180, 360]
/** Longer than any carrier is waited for: then whoever claimed it is dead. */
const claimMinutes = 10
/** In one go, so that one practice does not hold up the others. */
const atOnce = 200

export const captured = 'captured'

/** Sends all that is due in a practice, one after the other. @returns how many were settled */
export async function deliverDue(tenantId: string, parts: Parts): Promise<number> {
  let settled = 0
  for (; settled < atOnce; settled++) {
    const claimed = await parts.databases.within(tenantId, 'keeper', (db) => claim(db, parts))
    if (claimed === undefined) break
    if (claimed !== 'called off') await hand(tenantId, claimed, parts)
    await tell(parts.db, { topic: 'reminders', needs: 'reminders.read', tenant: tenantId })
  }
  return settled
}

type Claimed = { message: DueMessage; practice: PracticeFacts }

async function claim(db: TenantDb, parts: Parts): Promise<Claimed | 'called off' | undefined> {
  const practice = await practiceFacts(db)
  const { now, hour } = practiceNow(practice, parts.clock)
  const message = await nextDue(db, now, { reminders: isDaytime(hour) })
  if (!message) return undefined
  const current = message.kind === 'reminder' ? await asItIsNow(db, message, practice, parts) : message
  if ('problem' in current || current.recipient === '') {
    await markCancelled(db, message.id, 'problem' in current ? current.problem : null)
    return 'called off'
  }
  await markSending(db, current, minutesAfter(now, claimMinutes))
  return { message: current, practice }
}

/** A reminder says when the appointment is now; of one that is over, or moved away, there is nothing to say. */
async function asItIsNow(
  db: TenantDb,
  message: DueMessage,
  practice: PracticeFacts,
  { clock, sentences }: Parts,
): Promise<DueMessage | { problem: MessageProblem | null }> {
  const { channel, appointmentId, writtenBy } = message
  const { now, today } = practiceNow(practice, clock)
  const appointment = appointmentId && (await appointmentNow(db, practice.timeZone, appointmentId))
  if (
    !appointment ||
    appointment.status !== 'planned' ||
    appointment.startsAt <= now ||
    !appointment.patientId
  )
    return { problem: 'appointment_over' }
  const reached = await reachOf(db, appointment.patientId, today)
  const to = reached?.[channel]?.to
  if (to === undefined) return { problem: 'address_wrong' }
  // Somebody who sends it again has their reasons.
  if (writtenBy === null) {
    const days = channel === 'sms' ? practice.smsDays : practice.emailDays
    const wishesNone = channel === 'sms' ? reached?.noSms : reached?.noEmail
    if (wishesNone || days === null) return { problem: 'not_wanted' }
    // Moved away: written anew when it is due.
    if (!(await isStillDue(db, appointmentId, days, now))) return { problem: null }
  }
  const place = appointment.place as Place // checked by the table
  const text = reminderText(channel, sentences, practice, { startsLocal: appointment.startsLocal, place })
  // Whose it is by now: the journal and their file keep it as theirs.
  return { ...message, patientId: appointment.patientId, recipient: to, ...text }
}

async function hand(tenantId: string, { message, practice }: Claimed, parts: Parts): Promise<void> {
  const { id } = message
  const settle = (write: (db: TenantDb) => Promise<void>) => parts.databases.within(tenantId, 'keeper', write)
  let carrierId: string
  try {
    carrierId = await handed(tenantId, message, practice, parts)
  } catch (error) {
    const problem = problemOf(error)
    const wait = waits[message.tries]
    const isOver = problem !== 'unreachable' || wait === undefined
    const again = isOver ? null : minutesAfter(parts.clock.now(), wait)
    // Neither to whom nor what: the log knows no patient.
    parts.log.warn(
      { message: id, tenant: tenantId, problem, over: isOver },
      'a message to a patient did not leave',
    )
    return settle((db) => markFailed(db, id, problem, again))
  }
  await settle((db) => markSent(db, id, carrierId, parts.clock.now()))
}

/** @returns what the carrier calls it */
async function handed(
  tenantId: string,
  message: DueMessage,
  practice: PracticeFacts,
  parts: Parts,
): Promise<string> {
  const { id, channel, recipient, subject, body } = message
  const { carriers, clock } = parts
  const attachments = message.feeNoteId ? [await noteAlong(tenantId, message.feeNoteId, parts)] : []
  if (carriers.captures[channel]) return captured
  if (channel === 'sms') {
    if (!carriers.sms) throw new Error('no carrier of SMS was set up')
    return carriers.sms.send({ id, to: recipient, text: body })
  }
  if (!carriers.post) throw new Error('no mail server was set up')
  await carriers.post.deliver({
    id,
    toEmail: recipient,
    toName: '',
    language: 'fr',
    subject,
    text: `${body}\n`,
    html: letterHtml(practice, subject, body),
    at: clock.now(),
    fromName: practice.name,
    ...(practice.email && { replyTo: practice.email }),
    attachments,
  })
  return id
}

class AttachmentMissing extends Error {}

/** Cancelled since, it is not sent along any more. */
async function noteAlong(tenantId: string, feeNoteId: string, { databases }: Parts) {
  const note = await noteToSend(await databases.reading(tenantId, 'keeper'), feeNoteId)
  if (!note) throw new AttachmentMissing('the fee note is not there any more')
  return { filename: `${note.number}.pdf`, content: note.pdf(), contentType: 'application/pdf' }
}

function problemOf(error: unknown): MessageProblem {
  if (error instanceof SmsRefused) return 'refused'
  if (error instanceof AttachmentMissing) return 'attachment_missing'
  return isRefusedForGood(error) ? 'address_wrong' : 'unreachable'
}

const minutesAfter = (instant: Date, minutes: number) => new Date(instant.getTime() + minutes * 60_000)
