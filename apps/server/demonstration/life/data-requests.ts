import type { Making, Patient } from './life.ts'
import type { RowOf } from './loading.ts'

const asked = [
  { kind: 'access', ago: 12, note: '', done: null },
  { kind: 'rectification', ago: 4, note: 'Nouvelle adresse, nom d’usage après le mariage.', done: null },
  { kind: 'access', ago: 80, note: '', done: 'Copie remise en main propre au cabinet.' },
] as const

/** What some patients asked about their data: one to be answered soon, one that was. */
export function makeDataRequests(
  { id, today, life }: Making,
  patients: readonly Patient[],
): RowOf<'patientRequests'>[] {
  return asked.flatMap(({ kind, ago, note, done }, place) => {
    const patient = patients[place * 7]
    if (!patient) return []
    const received = Temporal.PlainDate.from(today).subtract({ days: ago })
    const at = (days: number) =>
      new Date(
        Temporal.PlainDate.from(received).add({ days }).toZonedDateTime('Europe/Paris').epochMilliseconds +
          36e6,
      )
    return {
      id: id('request', at(0)),
      patientId: patient.id,
      kind,
      receivedOn: received.toString(),
      dueOn: received.add({ months: 1 }).toString(),
      note,
      state: done ? 'answered' : 'open',
      identityCheckedAt: done ? at(2) : null,
      answeredAt: done ? at(9) : null,
      answeredBy: done ? patient.practitionerId : null,
      answer: done ?? '',
      createdBy: life.practitioners[0]?.memberId ?? patient.practitionerId,
      createdAt: at(0),
    }
  })
}
