/** Putting appointments where nobody else is: the database says so, and here is said what stands in the way. */
import {
  appointmentOverlaps,
  monSoutienPsyUsedUp,
  sessionsAYear,
  type Appointment,
  type InTheWay,
} from '#contract/agenda'
import { monSoutienPsySessions } from '#server/patients'
import { pgCode, sql } from '#platform/server/db.ts'
import { found, refuse, type Refused, type TenantContext } from '#platform/server/requests.ts'
import {
  appointmentsOf,
  holdPatients,
  inTheWay,
  oneAfterAnother,
  type Wanted,
} from './appointment-queries.ts'
import { whatIsSeen, type House } from './house.ts'
import { localDay } from './local-time.ts'

type Ctx = Pick<TenantContext, 'db' | 'member'>

const exclusionViolation = '23P01'

/**
 * Writes what takes people's time. The refusal is the table's own constraint; only then one looks at what it was.
 * @param refused what is said of what stands there; `appointment_overlaps` unless told
 * @throws Refused
 */
export async function placing<R>(
  ctx: Ctx,
  house: House,
  wanted: readonly Wanted[],
  write: () => Promise<R>,
  refused: (standing: InTheWay | null) => Refused = (standing) =>
    refuse(appointmentOverlaps, { details: { with: standing } }),
): Promise<R> {
  await oneAfterAnother(
    ctx.db,
    wanted.map(({ practitionerId }) => practitionerId),
  )
  // A statement that fails ends its transaction, but for what a savepoint holds.
  await sql`savepoint before_placing`.execute(ctx.db)
  try {
    const written = await write()
    await sql`release savepoint before_placing`.execute(ctx.db)
    return written
  } catch (error) {
    if (pgCode(error) !== exclusionViolation) throw error
    await sql`rollback to savepoint before_placing`.execute(ctx.db)
    const [first] = await inTheWay(ctx.db, asked(ctx, house), wanted)
    // Nothing else stands there when two of those that were wanted are in each other's way.
    throw refused(first?.standing ?? null)
  }
}

/**
 * Twelve sessions of « Mon soutien psy » a patient and calendar year of the practice, counted once everything is written.
 * @throws Refused mon_soutien_psy_used_up
 */
export async function withinTheYear(
  { db }: Ctx,
  { timeZone }: House,
  appointments: readonly { patientId: string | null; monSoutienPsy: boolean; startsAt: Date }[],
): Promise<void> {
  const counted = new Set(
    appointments.flatMap(({ patientId, monSoutienPsy, startsAt }) =>
      monSoutienPsy && patientId ? `${localDay(startsAt, timeZone).slice(0, 4)} ${patientId}` : [],
    ),
  )
  await holdPatients(
    db,
    [...counted].map((one) => one.slice(5)),
  )
  for (const one of counted) {
    const sessions = await monSoutienPsySessions(db, one.slice(5), Number(one.slice(0, 4)), timeZone)
    if (sessions > sessionsAYear) throw refuse(monSoutienPsyUsedUp, { values: { most: sessionsAYear } })
  }
}

export const asked = (ctx: Ctx, { timeZone }: House) => ({ sees: whatIsSeen(ctx), timeZone })

/** As whoever asks may see it. */
export async function shown(ctx: Ctx, house: House, id: string): Promise<Appointment> {
  const [appointment] = await appointmentsOf(ctx.db, asked(ctx, house), [id])
  return found(appointment)
}
