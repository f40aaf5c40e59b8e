import type pg from 'pg'
import { monSoutienPsyPriceOn } from '#contract/agenda'
import { sha256Of, type NoteContent } from '#server/fees'
import type { Making, Patient, Session } from './life.ts'
import type { RowOf } from './loading.ts'
import { dayIn, practiceDay } from './practice-days.ts'

type House = { practice: NoteContent['practice']; people: Map<string, NoteContent['practitioner']> }

/** As the practice's own settings say it by now. */
export async function houseOf(client: pg.Client): Promise<House> {
  const { rows } = await client.query<NoteContent['practice']>(
    'SELECT name, address, postcode, city, phone, email FROM practice',
  )
  const people = await client.query<NoteContent['practitioner'] & { member_id: string }>(
    `SELECT member_id, first_name || ' ' || last_name AS name, profession, rpps, adeli, siret, phone FROM profiles`,
  )
  const [practice] = rows
  if (!practice) throw new Error('a practice without its one row')
  return { practice, people: new Map(people.rows.map(({ member_id, ...one }) => [member_id, one])) }
}

type Taken = { payments: readonly RowOf<'payments'>[]; allocations: readonly RowOf<'paymentAllocations'>[] }

/** One in five wants a note each month, for their complementary insurance: the last year's, numbered as they were issued. */
export function makeFeeNotes(
  { life, chance, id, today }: Making,
  { practice, people }: House,
  patients: readonly Patient[],
  sessions: readonly Session[],
  acts: readonly RowOf<'acts'>[],
  { payments, allocations }: Taken,
) {
  const byId = new Map(patients.filter(() => chance.once(0.2)).map((patient) => [patient.id, patient]))
  const actOf = new Map(acts.map((act) => [act.id, act]))
  const paymentOf = new Map(payments.map((payment) => [payment.id, payment]))
  const paidFor = Map.groupBy(allocations, ({ appointmentId }) => appointmentId)
  const since = Temporal.PlainDate.from(today).subtract({ years: 1 }).toString()
  const wanted = sessions.filter(
    ({ patientId, status, dueCents, startsAt }) =>
      byId.has(patientId ?? '') && status === 'kept' && dueCents > 0 && dayIn(startsAt) >= since,
  )
  const months = Map.groupBy(wanted, ({ patientId, practitionerId, startsAt }) =>
    [dayIn(startsAt).slice(0, 7), practitionerId, patientId].join(' '),
  )
  const numbers = new Map<string, { practitionerId: string; year: number; lastNumber: number }>()
  const notes: RowOf<'feeNotes'>[] = []
  const lines: RowOf<'feeNoteLines'>[] = []
  for (const [key, those] of [...months].toSorted(([one], [other]) => (one < other ? -1 : 1))) {
    const [month = '', practitionerId = '', patientId = ''] = key.split(' ')
    const issued = Temporal.PlainDate.from(`${month}-01`).add({ months: 1 })
    const patient = byId.get(patientId)
    const practitioner = people.get(practitionerId)
    if (!patient || !practitioner || issued.toString() > today) continue
    const issuedAt = practiceDay(issued).at(9)
    const issuedOn = issued.toString()
    const series = `${practitionerId} ${issued.year}`
    const last = numbers.get(series) ?? { practitionerId, year: issued.year, lastNumber: 0 }
    last.lastNumber++
    numbers.set(series, last)
    const number = `NH-${issued.year}-${String(last.lastNumber).padStart(4, '0')}`
    const paid = those
      .flatMap((session) => paidFor.get(session.id) ?? [])
      .flatMap(({ paymentId, cents }) => {
        const payment = paymentOf.get(paymentId)
        const on = String(payment?.receivedOn)
        return payment && on <= issuedOn
          ? { on, method: payment.method as NoteContent['payments'][number]['method'], cents }
          : []
      })
    const said = those.map((session) => {
      const act = actOf.get(session.actId ?? '')
      const price = act?.monSoutienPsy ? monSoutienPsyPriceOn(dayIn(session.startsAt)) : undefined
      const { insuranceCents = 0, complementaryCents = 0 } = price ?? {}
      return {
        on: dayIn(session.startsAt),
        label: act?.name ?? '',
        status: 'kept' as const,
        cents: session.dueCents,
        shares: price ? { insuranceCents, complementaryCents } : null,
      }
    })
    const totalCents = said.reduce((sum, { cents }) => sum + cents, 0)
    const paidCents = paid.reduce((sum, { cents }) => sum + cents, 0)
    const content: NoteContent = {
      layout: 1,
      number,
      issuedOn,
      practitioner,
      practice,
      patient: {
        name: `${patient.firstName} ${patient.lastName}`,
        bornOn: patient.bornOn ? String(patient.bornOn) : null,
        address: patient.address ?? '',
        postcode: patient.postcode ?? '',
        city: patient.city ?? '',
      },
      payer: null,
      lines: said,
      totalCents,
      payments: paid,
      paidCents,
      leftCents: totalCents - paidCents,
    }
    const feeNoteId = id('fee note', issuedAt)
    notes.push({
      id: feeNoteId,
      practitionerId,
      patientId,
      number,
      issuedOn,
      totalCents,
      content,
      contentSha256: sha256Of(content),
      issuedBy: practitionerId,
      issuedAt: issuedAt < life.now ? issuedAt : life.now,
    })
    for (const [position, session] of those.entries())
      lines.push({
        feeNoteId,
        position: position + 1,
        appointmentId: session.id,
        doneOn: dayIn(session.startsAt),
        label: said[position]?.label ?? '',
        cents: session.dueCents,
      })
  }
  return { notes, lines, series: [...numbers.values()] }
}
