import { getNoteBeginning, listNotedAppointments, type NotedAppointment } from '#contract/notes'
import { found, handleInTenant } from '#platform/server/requests.ts'
import {
  patientNamed,
  sessionById,
  sessionsHeld,
  todayThere,
  type SessionRow,
} from './appointment-queries.ts'

/** What a note may be of. */
export const sessions = [
  handleInTenant(listNotedAppointments, async (ctx, { query: { patientId, without, days, limit } }) => {
    const now = ctx.clock.now()
    const since = days === undefined ? undefined : new Date(now.getTime() - days * 86_400_000)
    const asked = { patientId, withoutNote: without === 'note', now, since }
    const { rows, total } = await sessionsHeld(ctx.db, ctx.member.memberId, asked, limit)
    return { rows: rows.map(shown), total }
  }),

  handleInTenant(getNoteBeginning, async (ctx, { query: { patientId, appointmentId } }) => {
    const session =
      appointmentId === undefined
        ? null
        : shown(found(await sessionById(ctx.db, ctx.member.memberId, appointmentId)))
    const patient = patientId === undefined ? undefined : found(await patientNamed(ctx.db, patientId))
    return {
      patient:
        session?.patient ??
        (patient ? { id: patient.id, name: `${patient.firstName} ${patient.lastName}` } : null),
      appointment: session,
      heldOn: session?.startsLocal.slice(0, 10) ?? (await todayThere(ctx.db, ctx.clock.now())),
    }
  }),
]

function shown(row: SessionRow): NotedAppointment {
  const { id, startsAt, startsLocal, patientId, firstName, lastName, act, noteId } = row
  const patient = { id: patientId, name: `${firstName} ${lastName}` }
  return { id, startsAt: startsAt.toISOString(), startsLocal, patient, act, noteId }
}
