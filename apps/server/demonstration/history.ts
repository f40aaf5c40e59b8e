import type { PastEntry } from '#server/audit'
import { at, plusDays, type Day } from './calendar.ts'
import { chanceOf, type Chance } from './chance.ts'
import { demoId } from './ids.ts'
import type { Life } from './lives.ts'
import { fictionPhone, type Person } from './people.ts'

export type StaffMember = { id: string }
export type StaffByRole = { sales: StaffMember; support: StaffMember; compliance: StaffMember }

type About = { id: string; number: number; person: Person; life: Life; createdAt: Date }

/** What the log tells of a client: how they came, what was corrected since, who threw them away. */
export function historyRows(
  { id, number, person, life, createdAt }: About,
  today: Day,
  staff: StaffByRole,
): PastEntry[] {
  const chance = chanceOf(-number)
  const came = createdAt.toISOString().slice(0, 10)
  const entry = (
    step: number,
    instant: Date,
    actor: StaffMember,
    said: Pick<PastEntry, 'verb' | 'before' | 'after'>,
  ): PastEntry => ({
    id: demoId(`entry of ${number}`, step, instant),
    at: instant,
    actor: { type: 'staff', id: actor.id },
    object: { type: 'client', id },
    result: 'done',
    // Reserved for documentation (RFC 5737).
    origin: { ip: `192.0.2.${10 + (number % 40)}` },
    ...said,
  })
  const { firstName, lastName, email, kind } = person
  const entries = [
    entry(0, createdAt, staff.sales, {
      verb: 'client.created',
      after: { kind, status: 'prospect', lastName, firstName, email },
    }),
  ]
  const corrected = later(came, today, chance)
  if (number % 3 === 0 && person.phone !== null && corrected)
    entries.push(
      entry(1, corrected, staff.support, {
        verb: 'client.updated',
        before: { phone: fictionPhone(chance) },
        after: { phone: person.phone },
      }),
    )
  const { payingFrom, payingUntil } = life.subscription ?? {}
  if (payingFrom)
    entries.push(
      entry(2, at(payingFrom, 9, 15), staff.sales, {
        verb: 'client.updated',
        before: { status: 'prospect' },
        after: { status: 'active' },
      }),
    )
  if (payingUntil && life.status !== 'active')
    entries.push(
      entry(3, at(payingUntil, 9, 40), staff.support, {
        verb: 'client.updated',
        before: { status: 'active' },
        after: { status: life.status },
      }),
    )
  if (life.trashedOn !== undefined)
    entries.push(
      entry(4, at(life.trashedOn, 11, 42), staff.compliance, {
        verb: 'client.trashed',
        before: { trashedAt: null },
        after: { trashedAt: at(life.trashedOn, 11, 42).toISOString() },
      }),
    )
  return entries
}

/** Some day between two, at an office hour; none when there is no room. */
function later(came: Day, today: Day, chance: Chance): Date | undefined {
  const day = plusDays(came, chance.between(2, 60))
  return day < today ? at(day, chance.between(9, 17), chance.between(0, 59)) : undefined
}
