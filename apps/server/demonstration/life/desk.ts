import type { Making, Patient, Session } from './life.ts'
import type { RowOf } from './loading.ts'
import { dayIn } from './practice-days.ts'

const day = 86_400_000

const asked = [
  ['appointment', 'Souhaite avancer son rendez-vous si un créneau se libère.'],
  ['appointment', 'Demande un rendez-vous en fin de journée.'],
  ['cancellation', 'Ne pourra pas venir, rappellera pour convenir d’une autre date.'],
  ['callback', 'Demande à être rappelé après 18 h.'],
  ['message', 'Confirme sa venue.'],
  ['invoice', 'Demande le duplicata de sa dernière note d’honoraires.'],
  ['other', 'Demande le code de la porte et s’il y a un ascenseur.'],
] as const

const strangers = [
  'Un médecin du quartier',
  'La secrétaire d’un collège',
  'Quelqu’un qui n’a pas laissé de nom',
]

/** Calls of the last weeks: the more of them dealt with, the older they are. */
export function makeCalls(
  { life, chance, id }: Making,
  patients: readonly Patient[],
  perDay: number,
): RowOf<'calls'>[] {
  const calls: RowOf<'calls'>[] = []
  const takers =
    life.secretaries.length > 0 ? life.secretaries : life.practitioners.map(({ memberId }) => memberId)
  for (let ago = 60; ago >= 0; ago--)
    for (let left = chance.between(0, perDay * 2); left > 0; left--) {
      const calledAt = new Date(life.now.getTime() - ago * day - chance.between(10, 500) * 60_000)
      const patient = patients.length > 0 && chance.once(0.8) ? chance.of(patients) : undefined
      const [subject, message] = patient
        ? chance.of(asked)
        : (['new_patient', 'Souhaite un premier rendez-vous.'] as const)
      const isHandled = chance.once(ago > 3 ? 0.98 : 0.4)
      const takenBy = chance.of(takers)
      calls.push({
        id: id('call', calledAt),
        calledAt,
        forId: patient?.practitionerId ?? life.practitioners[0]?.memberId ?? null,
        patientId: patient?.id ?? null,
        caller: patient ? '' : chance.of(strangers),
        phone: patient?.phone || `06 39 98 ${chance.digits(2)} ${chance.digits(2)}`,
        subject,
        message,
        urgent: chance.once(0.05),
        takenBy,
        handledAt: isHandled
          ? new Date(Math.min(calledAt.getTime() + chance.between(5, 600) * 60_000, life.now.getTime()))
          : null,
        handledBy: isHandled ? takenBy : null,
      })
    }
  return calls
}

const toDo = [
  'Rappeler le médecin traitant',
  'Envoyer le compte rendu à l’école',
  'Relancer pour la séance du mois dernier',
  'Commander des feuilles de soins',
  'Vérifier le consentement des deux parents',
  'Préparer l’attestation de suivi',
  'Proposer le créneau libéré à la liste d’attente',
  'Mettre à jour les coordonnées',
  'Confirmer la salle pour la supervision',
  'Classer les courriers reçus',
]

export function makeTasks(
  { life, chance, id, today }: Making,
  patients: readonly Patient[],
  count: number,
): RowOf<'tasks'>[] {
  const people = [...life.practitioners.map(({ memberId }) => memberId), ...life.secretaries]
  return Array.from({ length: count }, (_, index) => {
    const isDone = index >= count / 3
    const createdAt = new Date(life.now.getTime() - chance.between(isDone ? 15 : 1, isDone ? 90 : 14) * day)
    const createdBy = chance.of(people)
    // Of those still open the first is late, the next is due today, others come one a day.
    const dueOn = isDone
      ? dayIn(new Date(createdAt.getTime() + 5 * day))
      : Temporal.PlainDate.from(today)
          .add({ days: index - 1 })
          .toString()
    return {
      id: id('task', createdAt),
      title: toDo[index % toDo.length] ?? '',
      dueOn: index % 9 === 8 ? null : dueOn,
      assigneeId: chance.once(0.8) ? (people[index % people.length] ?? null) : null,
      patientId: patients.length > 0 && chance.once(0.4) ? chance.of(patients).id : null,
      createdBy,
      createdAt,
      doneAt: isDone ? new Date(createdAt.getTime() + chance.between(1, 14) * day) : null,
      doneBy: isDone ? createdBy : null,
    }
  })
}

/** Reminders of the last two weeks and of what is tomorrow: day and hour, and nothing of why somebody comes. */
export function makeMessages(
  { life, chance, id }: Making,
  practice: string,
  patients: readonly Patient[],
  sessions: readonly Session[],
): RowOf<'messages'>[] {
  const byId = new Map(patients.map((patient) => [patient.id, patient]))
  const from = life.now.getTime() - 14 * day
  const until = life.now.getTime() + day
  return sessions.flatMap(({ id: appointmentId, patientId, startsAt, status }) => {
    const patient = byId.get(patientId ?? '')
    if (startsAt.getTime() < from || startsAt.getTime() > until || !patient?.email || patient.noEmail)
      return []
    if (status === 'cancelled') return []
    const sentAt = new Date(startsAt.getTime() - day)
    const failed = chance.once(0.02)
    return {
      id: id('message', sentAt),
      channel: 'email',
      kind: 'reminder',
      patientId: patient.id,
      appointmentId,
      recipient: patient.email,
      subject: `Votre rendez-vous du ${shown.format(startsAt)}`,
      body: `Bonjour,\n\nNous vous rappelons votre rendez-vous le ${shown.format(startsAt)}.\nSi vous ne pouvez pas venir, merci de nous prévenir.\n\n${practice}`,
      state: failed ? 'failed' : 'sent',
      tries: failed ? 5 : 1,
      problem: failed ? 'address_wrong' : null,
      writtenAt: sentAt,
      dueAt: sentAt,
      sentAt: failed ? null : sentAt,
    }
  })
}

const shown = new Intl.DateTimeFormat('fr-FR', {
  dateStyle: 'long',
  timeStyle: 'short',
  timeZone: 'Europe/Paris',
})
