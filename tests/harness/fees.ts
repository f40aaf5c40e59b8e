/** What people owe a practice, told in few words and written with its own practitioner's rights. */
import { randomUUID } from 'node:crypto'
import type { Tenants } from '#server/tenancy'

type At = { tenantId: string; holder: { memberId: string } }
type On = { tenants: Tenants }

/** All that a fee note must say about who issues it. */
export async function withMentions({ tenants }: On, { tenantId, holder }: At): Promise<void> {
  await tenants.databases.within(tenantId, 'practitioner', async (db) => {
    await db
      .updateTable('practice')
      .set({ address: '12 rue des Tilleuls', postcode: '54000', city: 'Nancy' })
      .execute()
    await db
      .updateTable('profiles')
      .set({ profession: 'Psychologue', rpps: '10101010101', siret: '12345678900012' })
      .where('memberId', '=', holder.memberId)
      .execute()
  })
}

export async function aPatient(
  { tenants }: On,
  { tenantId, holder }: At,
  name = 'Emma Petit',
): Promise<string> {
  const [firstName = '', ...rest] = name.split(' ')
  const patient = { practitionerId: holder.memberId, firstName, lastName: rest.join(' ') || 'Petit' }
  return tenants.databases.within(tenantId, 'practitioner', async (db) => {
    const { id } = await db.insertInto('patients').values(patient).returning('id').executeTakeFirstOrThrow()
    return id
  })
}

export type Held = {
  patientId: string
  cents?: number
  /** So many days before now; below zero after. */
  daysAgo?: number
  /** How long it takes: one, unless it is said. */
  minutes?: number
  status?: 'planned' | 'kept' | 'late_cancelled' | 'no_show'
  act?: { name: string; monSoutienPsy?: boolean }
  practitionerId?: string
}

// A fixed beginning: were it now, a later appointment could meet an earlier one.
const begun = Date.now()
let taken = 0

/** An appointment, short enough to be at a time nobody else has. */
export async function heldAppointment(
  { tenants }: On,
  { tenantId, holder }: At,
  held: Held,
): Promise<string> {
  const { patientId, cents = 6000, daysAgo = 1, minutes = 1, status = 'planned', act } = held
  const startsAt = new Date(begun - daysAgo * 86_400_000 - ++taken * 61_000)
  return tenants.databases.within(tenantId, 'practitioner', async (db) => {
    const actId = act && randomUUID()
    if (act && actId)
      await db
        .insertInto('acts')
        .values({ id: actId, name: act.name, minutes: 60, monSoutienPsy: act.monSoutienPsy ?? false })
        .execute()
    const { id } = await db
      .insertInto('appointments')
      .values({
        practitionerId: held.practitionerId ?? holder.memberId,
        patientId,
        actId: actId ?? null,
        startsAt,
        endsAt: new Date(startsAt.getTime() + minutes * 60_000),
        status,
        feeCents: cents,
        dueCents: cents,
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    return id
  })
}
