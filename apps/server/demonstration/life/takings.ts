import type { Making, Patient, Session } from './life.ts'
import type { RowOf } from './loading.ts'
import { dayIn } from './practice-days.ts'

const day = 86_400_000
const methods = ['card', 'card', 'card', 'card', 'cheque', 'cheque', 'cash', 'transfer'] as const

/** What came in: mostly on the day, from some once a month, from a few late, from very few never. */
export function makeTakings(making: Making, patients: readonly Patient[], sessions: readonly Session[]) {
  const { life, chance, id } = making
  const payments: RowOf<'payments'>[] = []
  const allocations: RowOf<'paymentAllocations'>[] = []
  const monthly = new Set(patients.filter(() => chance.once(0.15)).map((patient) => patient.id))
  const months = new Map<string, Session[]>()

  function receive(paid: readonly Session[], at: Date, method: RowOf<'payments'>['method'], share = 100) {
    const [{ patientId, practitionerId } = { patientId: null, practitionerId: '' }] = paid
    if (!patientId || at > life.now) return
    const cents = (session: Session) => Math.round((session.dueCents * share) / 100)
    const paymentId = id('payment', at)
    payments.push({
      id: paymentId,
      patientId,
      practitionerId,
      receivedOn: dayIn(at),
      cents: paid.reduce((sum, session) => sum + cents(session), 0),
      method,
      reference: method === 'cheque' ? `N° ${chance.digits(7)}` : '',
      recordedBy:
        life.secretaries.length > 0 && chance.once(0.3) ? chance.of(life.secretaries) : practitionerId,
      recordedAt: at,
      requestId: id('request', at),
    })
    for (const session of paid)
      allocations.push({ paymentId, appointmentId: session.id, cents: cents(session) })
  }

  for (const session of sessions) {
    const { patientId, endsAt, status } = session
    if (session.dueCents === 0 || !patientId) continue
    const isOver = endsAt < life.now
    if (!isOver) {
      // One in fifty pays ahead.
      if (chance.once(0.02))
        receive([session], new Date(life.now.getTime() - chance.between(2, 60) * 3_600_000), 'transfer')
      continue
    }
    if (monthly.has(patientId)) {
      const month = `${patientId} ${dayIn(endsAt).slice(0, 7)}`
      months.set(month, [...(months.get(month) ?? []), session])
      continue
    }
    const came = status === 'kept' || status === 'planned'
    if (chance.once(came ? 0.004 : 0.08)) continue
    const isOnTheDay = came && chance.once(0.88)
    receive(
      [session],
      new Date(endsAt.getTime() + (isOnTheDay ? 120_000 : chance.between(2, 45) * day)),
      chance.of(methods),
    )
  }
  for (const those of months.values()) {
    const last = those.at(-1)?.endsAt ?? life.now
    const nextMonth = Temporal.PlainDate.from(dayIn(last)).with({ day: 1 }).add({ months: 1 })
    const at = Date.parse(nextMonth.toString()) + chance.between(1, 9) * day + 10 * 3_600_000
    receive(those, new Date(at), 'transfer')
  }
  return { payments, allocations }
}
