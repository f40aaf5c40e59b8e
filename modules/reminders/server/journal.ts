import {
  listMessages,
  messageOutdated,
  messageUnderWay,
  recipientMissing,
  resendMessage,
} from '#contract/reminders'
import { cursorOf, readCursor } from '#platform/server/cursors.ts'
import { uuidv7 } from '#platform/server/ids.ts'
import { found, handleInTenant, refuse, type TenantHandler } from '#platform/server/requests.ts'
import type { TenantDb } from '#platform/server/tenant-db.ts'
import { noteToSend } from '#server/fees'
import { isHere } from '#server/patients'
import { mayLeaveBy } from './carriers.ts'
import {
  appointmentNow,
  countOfMessages,
  insertMessage,
  MessagePlace,
  messageRow,
  pageOfMessages,
  type MessageRow,
} from './message-queries.ts'
import type { Parts } from './parts.ts'
import { practiceFacts, practiceNow, type PracticeFacts } from './practice-queries.ts'
import { billedAt, reachOf } from './reaching.ts'
import { mustHold, seesPatients, shown, shownMessage } from './showing.ts'
import { reminderText, type Place } from './texts.ts'
import { sendSoon } from './writing.ts'

export function journal(parts: Parts): readonly TenantHandler[] {
  const { clock, carriers } = parts

  /** What it says today: a reminder speaks of the appointment as it is now. @throws Refused */
  async function saidNow(
    db: TenantDb,
    practice: PracticeFacts,
    { kind, channel, appointment, subject, body, patientId, feeNoteId }: MessageRow,
  ) {
    if (feeNoteId !== null && !(await noteToSend(db, feeNoteId))) throw refuse(messageOutdated)
    if (kind !== 'reminder') return { subject, body }
    const now = appointment && (await appointmentNow(db, practice.timeZone, appointment.id))
    if (now?.status !== 'planned' || now.startsAt <= clock.now() || now.patientId !== patientId)
      throw refuse(messageOutdated)
    const place = now.place as Place // checked by the table
    return reminderText(channel, parts.sentences, practice, { startsLocal: now.startsLocal, place })
  }

  return [
    handleInTenant(listMessages, async (ctx, { query: { after, limit, ...filter } }) => {
      const place = readCursor(MessagePlace, after)
      const { timeZone } = await practiceFacts(ctx.db)
      const asking = { timeZone, patients: seesPatients(ctx), now: clock.now() }
      const rows = await pageOfMessages(ctx.db, filter, asking, { after: place, limit: limit + 1 })
      const page = rows.slice(0, limit)
      const last = page.at(-1)
      return {
        rows: page.map((row) => shown(row, asking.patients)),
        ...(await countOfMessages(ctx.db, filter, asking)),
        totalIsExact: true,
        next: rows.length > limit && last ? cursorOf({ rank: last.rank, at: last.at, id: last.id }) : null,
      }
    }),

    handleInTenant(resendMessage, async (ctx, { params: { id } }) => {
      mustHold(ctx, 'patients.read')
      const practice = await practiceFacts(ctx.db)
      const { now, today } = practiceNow(practice, clock)
      const newId = uuidv7(now.getTime())
      const before = found(await messageRow(ctx.db, practice.timeZone, id))
      const { channel, kind, patientId, appointment, feeNoteId, state } = before
      // A bill that leaves again is a bill that leaves.
      if (kind === 'fee_note' || feeNoteId !== null) mustHold(ctx, 'fees.manage')
      if (state === 'waiting' || state === 'sending') throw refuse(messageUnderWay)
      const said = await saidNow(ctx.db, practice, before)
      const isTold = patientId !== null && (await isHere(ctx.db, patientId))
      const recipient = isTold ? await addressNow(ctx.db, before, patientId, today) : undefined
      if (patientId === null || recipient === undefined || !mayLeaveBy(channel, carriers))
        throw refuse(recipientMissing)
      await insertMessage(ctx.db, {
        id: newId,
        channel,
        kind,
        patientId,
        appointmentId: appointment?.id ?? null,
        feeNoteId,
        recipient,
        ...said,
        resendOf: id,
        writtenBy: ctx.member.memberId,
        writtenAt: now,
        dueAt: now,
      })
      ctx.record({ after: { channel, kind, newId } })
      sendSoon(ctx, parts)
      return shownMessage(ctx, newId)
    }),
  ]
}

async function addressNow(
  db: TenantDb,
  { channel, feeNoteId }: MessageRow,
  patientId: string,
  today: string,
): Promise<string | undefined> {
  if (feeNoteId !== null) {
    const note = await noteToSend(db, feeNoteId)
    return note && billedAt(db, note)
  }
  return (await reachOf(db, patientId, today))?.[channel]?.to
}
