import {
  callChanged,
  getCall,
  handleCall,
  keepBooking,
  listCalls,
  logCall,
  reopenCall,
  updateCall,
  type Call,
} from '#contract/calls'
import { normalisePhone, phoneDialled, phoneShown } from '#platform/contract/phones.ts'
import { isHere } from '#server/patients'
import { cursorOf, readCursor } from '#platform/server/cursors.ts'
import { uuidv7 } from '#platform/server/ids.ts'
import {
  found,
  handleInTenant,
  refuse,
  WrongField,
  type TenantContext,
  type TenantHandler,
} from '#platform/server/requests.ts'
import {
  appointmentIn,
  CallPlace,
  callRow,
  changeCall,
  countOfCalls,
  heldCall,
  insertCall,
  openCalls,
  pageOfCalls,
  type CallRow,
} from './call-queries.ts'
import { practiceNow, worksHere } from './people-queries.ts'

/** The log is told which kind of call, whose and for whom; never who called, nor what was said. */
export const calls: readonly TenantHandler[] = [
  handleInTenant(listCalls, async (ctx, { query: { after, limit, ...filter } }) => {
    const asking = { ...(await practiceNow(ctx.db, ctx.clock)), patients: seesPatients(ctx) }
    const place = readCursor(CallPlace, after)
    const rows = await pageOfCalls(ctx.db, filter, asking, { after: place, limit: limit + 1 })
    const page = rows.slice(0, limit)
    const last = page.at(-1)
    return {
      rows: page.map((row) => shown(row, asking.patients)),
      total: await countOfCalls(ctx.db, filter, asking),
      totalIsExact: true,
      next: rows.length > limit && last ? cursorOf({ rank: last.rank, at: last.at, id: last.id }) : null,
      ...(await openCalls(ctx.db)),
    }
  }),

  handleInTenant(getCall, (ctx, { params: { id } }) => shownCall(ctx, id)),

  handleInTenant(
    logCall,
    ({ clock }) => ({ id: uuidv7(clock.now().getTime()) }),
    async (ctx, { body }, { id }) => {
      await checked(ctx, body)
      const { db, clock, member } = ctx
      const phone = normalisePhone(body.phone)
      await insertCall(db, { ...body, phone, id, calledAt: clock.now(), takenBy: member.memberId })
      const { subject, urgent, forId, patientId } = body
      ctx.record({ after: { subject, urgent, forId, patientId } })
      return shownCall(ctx, id)
    },
  ),

  handleInTenant(updateCall, async (ctx, { params: { id }, body: { revision, ...change } }) => {
    const before = found(await heldCall(ctx.db, id))
    if (before.revision !== revision)
      throw refuse(callChanged, { details: { current: await shownCall(ctx, id) } })
    await checked(ctx, { ...change, patientId: patientAfter(change, before) })
    if ((change.caller ?? before.caller) === '' && patientAfter(change, before) === null)
      throw new WrongField('body', 'caller', 'caller_or_patient')
    const phone = change.phone === undefined ? undefined : normalisePhone(change.phone)
    await changeCall(ctx.db, id, { ...change, phone })
    ctx.record({ after: { changed: namesOf(change) } })
    return shownCall(ctx, id)
  }),

  handleInTenant(handleCall, async (ctx, { params: { id } }) => {
    const { handledAt } = found(await heldCall(ctx.db, id))
    if (!handledAt)
      await changeCall(ctx.db, id, { handledAt: ctx.clock.now(), handledBy: ctx.member.memberId })
    ctx.record({ before: { handled: handledAt !== null }, after: { handled: true } })
    return shownCall(ctx, id)
  }),

  handleInTenant(reopenCall, async (ctx, { params: { id } }) => {
    const { handledAt } = found(await heldCall(ctx.db, id))
    if (handledAt) await changeCall(ctx.db, id, { handledAt: null, handledBy: null })
    ctx.record({ before: { handled: handledAt !== null }, after: { handled: false } })
    return shownCall(ctx, id)
  }),

  handleInTenant(keepBooking, async (ctx, { params: { id }, body: { appointmentId } }) => {
    const before = found(await heldCall(ctx.db, id))
    const appointment = await appointmentIn(ctx.db, appointmentId)
    const whose = [before.patientId, appointment?.patientId].filter((one) => typeof one === 'string')
    const isOthers = new Set(whose).size > 1
    if (!appointment || isOthers) throw new WrongField('body', 'appointmentId', 'call_appointment_unknown')
    await checked(ctx, appointment)
    await changeCall(ctx.db, id, {
      appointmentId,
      patientId: before.patientId ?? appointment.patientId,
      ...(!before.handledAt && { handledAt: ctx.clock.now(), handledBy: ctx.member.memberId }),
    })
    ctx.record({ after: { appointmentId } })
    return shownCall(ctx, id)
  }),
]

const seesPatients = ({ member }: Pick<TenantContext, 'member'>) => member.permissions.has('patients.read')

const patientAfter = (
  change: { patientId?: string | null | undefined },
  before: { patientId: string | null },
) => (change.patientId === undefined ? before.patientId : change.patientId)

export const namesOf = (fields: object) =>
  Object.entries(fields)
    .filter(([, value]) => value !== undefined)
    .map(([name]) => name)
    .toSorted()

/** @throws WrongField */
async function checked(
  { db }: TenantContext,
  { patientId, forId }: { patientId?: string | null | undefined; forId?: string | null | undefined },
): Promise<void> {
  if (patientId && !(await isHere(db, patientId)))
    throw new WrongField('body', 'patientId', 'call_patient_unknown')
  if (forId && !(await worksHere(db, forId))) throw new WrongField('body', 'forId', 'member_not_here')
}

async function shownCall(ctx: TenantContext, id: string): Promise<Call> {
  const { timeZone } = await practiceNow(ctx.db, ctx.clock)
  return shown(found(await callRow(ctx.db, timeZone, id)), seesPatients(ctx))
}

function shown(row: CallRow, seesThem: boolean): Call {
  const { patientId, patientName, patientPhone, calledAt, handledAt } = row
  // A number of the patient's file is for who may open it.
  const phone = row.phone || (seesThem ? (patientPhone ?? '') : '')
  return {
    id: row.id,
    calledAt: calledAt.toISOString(),
    calledLocal: row.calledLocal,
    for: row.for,
    patient: patientId ? { id: patientId, name: seesThem ? patientName : null } : null,
    caller: row.caller,
    phone: phoneShown(phone),
    phoneDialled: phoneDialled(phone),
    phoneTold: phoneShown(row.phone),
    subject: row.subject,
    message: row.message,
    urgent: row.urgent,
    takenBy: row.takenBy,
    handledAt: handledAt?.toISOString() ?? null,
    handledBy: row.handledBy,
    appointment: row.appointment,
    openTasks: row.openTasks,
    revision: row.revision,
  }
}
