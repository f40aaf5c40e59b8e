import {
  getReach,
  messageOutdated,
  messageReused,
  plainSms,
  recipientMissing,
  sendFeeNote,
  sendMessage,
} from '#contract/reminders'
import { phoneShown } from '#platform/contract/phones.ts'
import { uuidv7 } from '#platform/server/ids.ts'
import {
  found,
  handleInTenant,
  refuse,
  WrongField,
  type TenantContext,
  type TenantHandler,
} from '#platform/server/requests.ts'
import { noteToSend } from '#server/fees'
import { isHere } from '#server/patients'
import { mayLeaveBy, smsIsThere } from './carriers.ts'
import { appointmentNow, insertMessage, messageRow, nextAppointment } from './message-queries.ts'
import type { Parts } from './parts.ts'
import { practiceFacts, practiceNow } from './practice-queries.ts'
import { billedAt, reachOf } from './reaching.ts'
import { mustHold, shownMessage } from './showing.ts'
import { sendingErrand } from './sweeping.ts'
import { feeNoteText } from './texts.ts'

/** The log is told which channel and about whom; neither to which number nor what. */
export function writing(parts: Parts): readonly TenantHandler[] {
  const { carriers, clock } = parts
  return [
    handleInTenant(getReach, async (ctx, { params: { id } }) => {
      const { db } = ctx
      mustHold(ctx, 'patients.read')
      const practice = await practiceFacts(db)
      const { now, today } = practiceNow(practice, clock)
      const { name, sms, email, noSms, noEmail } = found(await reachOf(db, id, today))
      return {
        patient: { id, name },
        sms: sms && { ...sms, to: phoneShown(sms.to) },
        email,
        noSms,
        noEmail,
        smsAvailable: smsIsThere(carriers),
        practice: { name: practice.name, phone: phoneShown(practice.phone) },
        nextLocal: await nextAppointment(db, practice.timeZone, id, now),
      }
    }),

    handleInTenant(
      sendMessage,
      (_ctx, { body: { requestId } }) => ({ id: requestId ?? uuidv7(clock.now().getTime()) }),
      async (ctx, { body: said }, { id }) => {
        mustHold(ctx, 'patients.read')
        const { channel, patientId, appointmentId, subject, body } = said
        const practice = await practiceFacts(ctx.db)
        const { now, today } = practiceNow(practice, clock)
        const reached = (await isHere(ctx.db, patientId)) && (await reachOf(ctx.db, patientId, today))
        if (!reached) throw new WrongField('body', 'patientId', 'message_patient_unknown')
        const recipient = reached[channel]?.to
        if (recipient === undefined || !mayLeaveBy(channel, carriers)) throw refuse(recipientMissing)
        if (appointmentId) {
          const appointment = await appointmentNow(ctx.db, practice.timeZone, appointmentId)
          if (appointment?.patientId !== patientId)
            throw new WrongField('body', 'appointmentId', 'message_appointment_unknown')
        }
        const message = {
          id,
          channel,
          kind: 'single' as const,
          patientId,
          appointmentId: appointmentId ?? null,
          recipient,
          subject: channel === 'email' ? subject : '',
          body: channel === 'sms' ? plainSms(body) : body,
          writtenBy: ctx.member.memberId,
          writtenAt: now,
          dueAt: now,
        }
        if (!(await insertMessage(ctx.db, message))) {
          const before = found(await messageRow(ctx.db, practice.timeZone, id))
          const same = (['channel', 'kind', 'patientId', 'subject', 'body'] as const).every(
            (field) => before[field] === message[field],
          )
          if (!same) throw refuse(messageReused)
          ctx.record({ after: { repeated: true } })
          return shownMessage(ctx, id)
        }
        ctx.record({ after: { channel, patientId } })
        sendSoon(ctx, parts)
        return shownMessage(ctx, id)
      },
    ),

    handleInTenant(
      sendFeeNote,
      () => ({ id: uuidv7(clock.now().getTime()) }),
      async (ctx, { body: { feeNoteId } }, { id }) => {
        const note = await noteToSend(ctx.db, feeNoteId)
        if (!note) throw refuse(messageOutdated)
        const practice = await practiceFacts(ctx.db)
        const { now } = practiceNow(practice, clock)
        const isTold = await isHere(ctx.db, note.patientId)
        const recipient = isTold ? await billedAt(ctx.db, note) : undefined
        if (recipient === undefined) throw refuse(recipientMissing)
        await insertMessage(ctx.db, {
          id,
          channel: 'email',
          kind: 'fee_note',
          patientId: note.patientId,
          feeNoteId,
          recipient,
          ...feeNoteText(parts.sentences, practice, note),
          writtenBy: ctx.member.memberId,
          writtenAt: now,
          dueAt: now,
        })
        ctx.record({ after: { channel: 'email', patientId: note.patientId, feeNoteId } })
        sendSoon(ctx, parts)
        return shownMessage(ctx, id)
      },
    ),
  ]
}

/** Once it is committed; a word that gets lost is made up for by the sweep. */
export function sendSoon({ afterCommit, member: { tenantId } }: TenantContext, parts: Parts): void {
  afterCommit(() => {
    parts
      .jobs()
      .send(parts.db, sendingErrand, tenantId)
      .catch((error: unknown) =>
        parts.log.warn(
          { err: error, tenant: tenantId },
          'messages wait for the sweep: the queue did not take the word',
        ),
      )
  })
}
