import { monSoutienPsyPrices } from '#contract/agenda'
import { streets } from '../places.ts'
import { beginsAt, type Course } from './courses.ts'
import type { Making, Patient, PatientKind } from './life.ts'
import type { RowOf } from './loading.ts'
import { lastNames, mensNames, womensNames } from './names.ts'
import { dayIn } from './practice-days.ts'

const day = 86_400_000

/** « Pages Jaunes » sends the most, and those are three: few practices ask everybody where they come from. */
export const origins: readonly (readonly [string, number])[] = [
  ['Pages Jaunes', 3],
  ['Médecin traitant', 2],
  ['Bouche-à-oreille', 2],
  ['Doctolib', 1],
  ['Annuaire Mon soutien psy', 1],
  ['Établissement scolaire', 0],
]

/** Courses have their patients: so many people, of whom some come back for another course years later. */
export function makePatients(making: Making, courses: readonly Course[]) {
  const { life, chance } = making
  const firstCourses = new Set(drawn(making, courses.length, life.patients))
  const patients: Patient[] = []
  /** Whose each course is, in the order of the courses; some hours stay free. */
  const whose: (Patient | undefined)[] = []
  const free = new Map<string, { patient: Patient; from: number }[]>()
  for (const [index, course] of courses.entries()) {
    const begins = beginsAt(course)
    const known = free.get(course.practitionerId) ?? []
    free.set(course.practitionerId, known)
    const isFirst = firstCourses.has(index)
    const back = known.findIndex(({ from }) => from < begins - 30 * day)
    const again = isFirst || back < 0 ? undefined : known.splice(back, 1)[0]?.patient
    const patient = isFirst ? newPatient(making, course, patients.length) : again
    whose.push(patient)
    if (!patient) continue
    if (isFirst) patients.push(patient)
    const ends = course.days.at(-1)?.at(course.hour).getTime() ?? begins
    // Children grow up and a share stays away for good.
    if (patient.kind === 'adult' && chance.once(0.6)) known.push({ patient, from: ends })
  }
  // Whoever wrote once, and never came.
  while (patients.length < life.patients) {
    const some = courses[chance.between(0, courses.length - 1)]
    if (!some) break
    patients.push(newPatient(making, some, patients.length))
  }
  return { patients, whose }
}

/** So many of the first whole numbers, the same each time. */
function drawn({ chance }: Making, of: number, count: number): number[] {
  const all = Array.from({ length: of }, (_, index) => index)
  for (let at = all.length - 1; at > 0; at--) {
    const other = chance.between(0, at)
    const kept = all[at]!
    all[at] = all[other]!
    all[other] = kept
  }
  return all.slice(0, count)
}

function newPatient({ life, chance, id, today }: Making, course: Course, place: number): Patient {
  const begins = beginsAt(course)
  const kind = kindOf(chance.between(1, 100), begins)
  const opened = life.now.getTime() - life.years * 365.25 * day
  // Those who came already when the practice began to keep its files here were entered little by little before.
  const ahead = begins - opened < 60 * day ? chance.between(3, 700) : chance.between(2, 12)
  const createdAt = new Date(
    Math.min(begins - ahead * day, life.now.getTime() - chance.between(1, 72) * 3_600_000),
  )
  const isWoman = chance.once(0.62)
  const firstName = chance.of(isWoman ? womensNames : mensNames)
  const lastName = chance.of(lastNames)
  const married = isWoman && kind === 'adult' && chance.once(0.2)
  const { city, postalCode } = life.place
  return {
    kind,
    id: id('patient', createdAt),
    practitionerId: course.practitionerId,
    firstName,
    lastName,
    birthName: married ? chance.of(lastNames) : '',
    bornOn: bornOn(
      kind === 'child' ? chance.between(6, 15) : chance.between(19, 78),
      createdAt,
      chance.between(0, 364),
    ),
    email:
      kind !== 'child' && chance.once(0.85)
        ? `${plain(firstName)}.${plain(lastName)}${place}@example.com`
        : '',
    // A range kept for fiction (ARCEP, decision 2018-0881).
    phone: chance.once(0.95) ? `06 39 98 ${chance.digits(2)} ${chance.digits(2)}` : '',
    address: chance.once(0.8) ? `${chance.between(1, 120)} ${chance.of(streets)}` : '',
    postcode: postalCode,
    city,
    originId: null,
    remark: chance.once(0.04) ? chance.of(remarks) : '',
    noSms: chance.once(0.05),
    noEmail: chance.once(0.03),
    monSoutienPsy: kind === 'mon_soutien_psy',
    createdAt,
    createdBy: life.secretaries[0] ?? course.practitionerId,
    archivedAt: null,
  }

  function kindOf(drawn: number, from: number): PatientKind {
    if (drawn <= 13) return 'child'
    if (drawn <= 17) return 'couple'
    const since = monSoutienPsyPrices.at(-1)?.fromOn ?? today
    return drawn <= 32 && dayIn(new Date(from)) >= since ? 'mon_soutien_psy' : 'adult'
  }
}

const remarks = [
  'Ascenseur nécessaire',
  'Joindre après 18 h',
  'Préfère les appels aux messages',
  'Vient avec son chien guide',
  'Prévenir si le cabinet du rez-de-chaussée est occupé',
]

const bornOn = (age: number, on: Date, within: number) =>
  dayIn(new Date(on.getTime() - (age * 365.25 + within) * day))

/** A name as an address writes it. */
const plain = (name: string) =>
  name
    .normalize('NFD')
    .toLowerCase()
    .replace(/ı/g, 'i')
    .replace(/[^a-z]/g, '')

/** Where a few of them came from; of the rest nobody asked. */
export function makeOrigins({ id, life, chance }: Making, patients: Patient[]): RowOf<'origins'>[] {
  const opened = new Date(life.now.getTime() - life.years * 366 * day)
  const asked = new Set<Patient>()
  return origins.map(([name, count]) => {
    const origin = { id: id('origin', opened), name }
    for (let left = Math.min(count, patients.length); left > 0;) {
      const patient = chance.of(patients)
      if (asked.has(patient)) continue
      asked.add(patient)
      patient.originId = origin.id
      left--
    }
    return origin
  })
}

/** Minors have those who answer for them, who agreed; « Mon soutien psy » is agreed to as well. */
export function makeConsents({ id, chance }: Making, patients: readonly Patient[]) {
  const relatives: RowOf<'relatives'>[] = []
  const consents: RowOf<'consents'>[] = []
  for (const { id: patientId, kind, lastName, createdAt, practitionerId } of patients) {
    const givenOn = dayIn(createdAt)
    const recorded = { patientId, givenOn, recordedBy: practitionerId, recordedAt: createdAt }
    if (kind === 'child') {
      const two = chance.once(0.7)
      for (const [index, names] of [womensNames, mensNames].slice(0, two ? 2 : 1).entries()) {
        const relativeId = id('relative', createdAt)
        const firstName = chance.of(names)
        relatives.push({
          id: relativeId,
          patientId,
          role: 'parental_authority',
          firstName,
          lastName,
          phone: `06 39 98 ${chance.digits(2)} ${chance.digits(2)}`,
          email: `${plain(firstName)}.${plain(lastName)}.parent@example.com`,
          pays: index === 0,
          createdAt,
        })
        consents.push({
          id: id('consent', createdAt),
          relativeId,
          subject: 'care',
          how: 'written',
          ...recorded,
        })
      }
    }
    if (kind === 'mon_soutien_psy')
      consents.push({
        id: id('consent', createdAt),
        relativeId: null,
        subject: 'mon_soutien_psy',
        how: 'written',
        ...recorded,
      })
  }
  return { relatives, consents }
}
