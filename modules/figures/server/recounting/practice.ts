/** Random practices for the property of figures: whatever may happen in one, and more of it than would. */
import fc from 'fast-check'
import type { Insertable } from 'kysely'
import { sql } from '#platform/server/db.ts'
import { uuidv7 } from '#platform/server/ids.ts'
import type { TenantDatabase, TenantDb } from '#platform/server/tenant-db.ts'

const minute = 60_000
const day = 1_440 * minute

/** From long ago to far ahead, and most often close by: edges of days, weeks and months lie there. */
const offset = fc.oneof(
  { weight: 3, arbitrary: fc.integer({ min: -3 * 1_440, max: 3 * 1_440 }) },
  { weight: 4, arbitrary: fc.integer({ min: -70 * 1_440, max: 45 * 1_440 }) },
  { weight: 2, arbitrary: fc.integer({ min: -430 * 1_440, max: 230 * 1_440 }) },
)
/** Days on which a stretch may begin or end, more often than any other. */
const dayOffset = fc.oneof(
  { weight: 3, arbitrary: fc.integer({ min: -14, max: 2 }) },
  { weight: 2, arbitrary: fc.integer({ min: -64, max: -26 }) },
  { weight: 1, arbitrary: offset.map((minutes) => Math.round(minutes / 1_440)) },
)
const index = fc.nat({ max: 11 })
const cents = fc.integer({ min: 1, max: 12_000 })

/** What came in for something owed: a share of it in percent, on which day, and whether it went back. */
const payments = fc.array(
  fc.record({ share: fc.integer({ min: 1, max: 130 }), on: dayOffset, refunded: fc.option(dayOffset) }),
  { maxLength: 3 },
)
/** Fee notes that say it: all but the last were cancelled, and the last perhaps too. */
const notes = fc.array(fc.record({ on: dayOffset, cancelled: fc.boolean() }), { maxLength: 2 })
const owed = { patient: index, practitioner: fc.nat({ max: 1 }), payments, notes }

export const aPractice = fc.record({
  zone: fc.constantFrom(
    'Europe/Paris',
    'Indian/Reunion',
    'Indian/Mayotte',
    'America/Martinique',
    'Pacific/Noumea',
    'Pacific/Tahiti',
  ),
  now: fc.date({ min: new Date('2026-01-01'), max: new Date('2028-12-31'), noInvalidDate: true }),
  origins: fc.uniqueArray(fc.constantFrom('Pages Jaunes', 'Médecin', 'École', 'Voisine'), { maxLength: 4 }),
  patients: fc.array(
    fc.record({
      origin: fc.option(fc.nat({ max: 3 })),
      created: offset.map((minutes) => Math.min(0, minutes)),
      gone: fc.constantFrom(null, null, null, null, 'trashed', 'erased'),
    }),
    { minLength: 1, maxLength: 12 },
  ),
  appointments: fc.array(
    fc.record({
      ...owed,
      starts: offset,
      minutes: fc.integer({ min: 5, max: 90 }),
      status: fc.constantFrom('planned', 'planned', 'kept', 'kept', 'cancelled', 'late_cancelled', 'no_show'),
      fee: fc.oneof(fc.constant(0), cents),
      share: fc.constantFrom(0, 50, 100),
      titled: fc.integer({ min: 0, max: 9 }).map((drawn) => drawn === 0),
    }),
    { minLength: 4, maxLength: 40 },
  ),
  extras: fc.array(fc.record({ ...owed, done: dayOffset, due: cents }), { maxLength: 6 }),
})
export type APractice = typeof aPractice extends fc.Arbitrary<infer Value> ? Value : never

/** In the order in which they point at one another. */
type Filled = 'appointments' | 'extraFees' | 'payments' | 'paymentAllocations' | 'feeNotes' | 'feeNoteLines'

type People = readonly [string, string]

/** Puts it all into the practice's database. @param people who receives patients there */
export async function live(db: TenantDb, people: People, practice: APractice): Promise<void> {
  const { now } = practice
  const at = (minutes: number) => new Date(now.getTime() + minutes * minute)
  const on = (days: number) => new Date(now.getTime() + days * day).toISOString().slice(0, 10)
  const id = () => uuidv7(now.getTime())
  await sql`update practice set time_zone = ${practice.zone}`.execute(db)

  const origins = practice.origins.map((name) => ({ id: id(), name }))
  if (origins.length > 0) await db.insertInto('origins').values(origins).execute()
  const patients = practice.patients.map(({ origin, created, gone }, place) => ({
    id: id(),
    practitionerId: people[place % 2 ? 1 : 0],
    firstName: 'Sacha',
    lastName: `Nº ${place}`,
    originId: origin === null ? null : (origins[origin]?.id ?? null),
    createdAt: at(created),
    trashedAt: gone === 'trashed' ? now : null,
    erasedAt: gone === 'erased' ? now : null,
  }))
  await db.insertInto('patients').values(patients).execute()
  const patientOf = (place: number) => patients[place % patients.length]?.id ?? ''

  const busy: { who: number; from: number; to: number }[] = []
  const isFree = (who: number, from: number, to: number) =>
    !busy.some((one) => one.who === who && from < one.to && one.from < to)
  let number = 0
  const rows: { [Table in Filled]: Insertable<TenantDatabase[Table]>[] } = {
    appointments: [],
    extraFees: [],
    payments: [],
    paymentAllocations: [],
    feeNotes: [],
    feeNoteLines: [],
  }

  function account(
    due: { appointmentId: string } | { extraFeeId: string },
    dueCents: number,
    {
      patient,
      practitioner,
      payments: paid,
      notes: said,
    }: Pick<APractice['extras'][number], keyof typeof owed>,
  ) {
    const whose = { patientId: patientOf(patient), practitionerId: people[practitioner === 1 ? 1 : 0] }
    for (const { share, on: received, refunded } of paid) {
      const amount = Math.max(1, Math.round((dueCents * share) / 100))
      const paymentId = id()
      const payment = { ...whose, method: 'card', receivedOn: on(received), recordedAt: now }
      rows.payments.push({ ...payment, id: paymentId, cents: amount, requestId: id() })
      rows.paymentAllocations.push({ paymentId, ...due, cents: amount })
      if (refunded === null) continue
      const refundId = id()
      rows.payments.push({
        ...payment,
        id: refundId,
        cents: -amount,
        receivedOn: on(refunded),
        refundOf: paymentId,
        requestId: id(),
      })
      rows.paymentAllocations.push({ paymentId: refundId, ...due, cents: -amount })
    }
    for (const [place, { on: issued, cancelled }] of said.entries()) {
      const feeNoteId = id()
      const isCancelled = cancelled || place < said.length - 1
      rows.feeNotes.push({
        ...whose,
        id: feeNoteId,
        number: String((number += 1)),
        issuedOn: on(issued),
        totalCents: dueCents,
        content: '{}',
        contentSha256: Buffer.alloc(32),
        cancelledAt: isCancelled ? now : null,
        cancelledReason: isCancelled ? 'erreur' : null,
      })
      rows.feeNoteLines.push({
        feeNoteId,
        position: 1,
        ...due,
        doneOn: on(issued),
        label: 'Séance',
        cents: dueCents,
      })
    }
  }

  for (const one of practice.appointments) {
    const { starts, minutes, status, fee, share, titled, practitioner } = one
    const isCancelled = status === 'cancelled' || status === 'late_cancelled'
    if (!isCancelled && !isFree(practitioner, starts, starts + minutes)) continue
    if (!isCancelled) busy.push({ who: practitioner, from: starts, to: starts + minutes })
    const feeCents = titled ? 0 : fee
    const shares = { planned: 100, kept: 100, cancelled: 0, late_cancelled: share, no_show: share }
    const dueCents = Math.round((feeCents * shares[status]) / 100)
    const appointmentId = id()
    rows.appointments.push({
      id: appointmentId,
      practitionerId: people[practitioner === 1 ? 1 : 0],
      patientId: titled ? null : patientOf(one.patient),
      title: titled ? 'Supervision' : '',
      startsAt: at(starts),
      endsAt: at(starts + minutes),
      status,
      feeCents,
      dueCents,
    })
    if (feeCents > 0) account({ appointmentId }, dueCents, one)
  }
  for (const one of practice.extras) {
    const extraFeeId = id()
    rows.extraFees.push({
      id: extraFeeId,
      patientId: patientOf(one.patient),
      practitionerId: people[one.practitioner === 1 ? 1 : 0],
      doneOn: on(one.done),
      label: 'Compte rendu',
      dueCents: one.due,
    })
    account({ extraFeeId }, one.due, one)
  }
  for (const [table, all] of Object.entries(rows) as [Filled, object[]][])
    if (all.length > 0)
      await db
        .insertInto(table)
        .values(all as never) // each list holds its table's rows
        .execute()
}
