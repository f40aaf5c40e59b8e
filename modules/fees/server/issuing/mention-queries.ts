import type { DueRef, PaymentMethod } from '#contract/fees'
import { sql } from '#platform/server/db.ts'
import type { TenantTables } from '#platform/server/tenant-db.ts'

/** The practice as a note's head says it. */
export async function practiceMentions(db: TenantTables<'practice'>) {
  return db
    .selectFrom('practice')
    .select(['name', 'address', 'postcode', 'city', 'phone', 'email', 'timeZone'])
    .executeTakeFirstOrThrow()
}
export type PracticeRow = Awaited<ReturnType<typeof practiceMentions>>

export async function profileMentions(db: TenantTables<'profiles'>, memberId: string) {
  return db
    .selectFrom('profiles')
    .where('memberId', '=', memberId)
    .select([
      sql<string>`first_name || ' ' || last_name`.as('name'),
      'profession',
      'rpps',
      'adeli',
      'siret',
      'phone',
    ])
    .executeTakeFirstOrThrow()
}
export type ProfileRow = Awaited<ReturnType<typeof profileMentions>>

export type Addressee = {
  patient: { name: string; bornOn: string | null; address: string; postcode: string; city: string }
  payer: string | null
}

/** Undefined where the payer is no relative of that patient. */
export async function addresseeOf(
  db: TenantTables<'patients' | 'relatives'>,
  patientId: string,
  payerId: string | undefined,
): Promise<Addressee | undefined> {
  const patient = await db
    .selectFrom('patients')
    .where('id', '=', patientId)
    .select([sql<string>`first_name || ' ' || last_name`.as('name'), 'bornOn', 'address', 'postcode', 'city'])
    .executeTakeFirst()
  if (!patient) return undefined
  if (payerId === undefined) return { patient, payer: null }
  const payer = (await payersOf(db, patientId)).find(({ id }) => id === payerId)
  return payer && { patient, payer: payer.name }
}

/** Who stands beside a patient; whom the bills go to first. */
export async function payersOf(db: TenantTables<'relatives'>, patientId: string) {
  return db
    .selectFrom('relatives')
    .where('patientId', '=', patientId)
    .orderBy('pays', 'desc')
    .orderBy('createdAt')
    .orderBy('id')
    .select(['id', sql<string>`first_name || ' ' || last_name`.as('name'), 'pays'])
    .execute()
}

export type PaidLine = { on: string; method: PaymentMethod; cents: number }

/** What was paid of these by day and method, refunds taken off. */
export async function paidOf(
  db: TenantTables<'payments' | 'paymentAllocations'>,
  refs: readonly DueRef[],
): Promise<PaidLine[]> {
  const { rows } = await sql<PaidLine>`
    select coalesce(o.received_on, y.received_on) as "on", coalesce(o.method, y.method) as method, sum(l.cents) as cents
    from payment_allocations l join payments y on y.id = l.payment_id left join payments o on o.id = y.refund_of
    where coalesce(l.appointment_id, l.extra_fee_id) = any(${refs.map(({ id }) => id)}::uuid[])
    group by 1, 2 having sum(l.cents) <> 0 order by 1, 2`.execute(db)
  return rows
}

/** Which of these appointments are sessions of « Mon soutien psy ». */
export async function monSoutienPsyAmong(
  db: TenantTables<'appointments' | 'acts'>,
  refs: readonly DueRef[],
): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ id: string }>`select a.id from appointments a join acts c on c.id = a.act_id
    where c.mon_soutien_psy and a.id = any(${refs.map(({ id }) => id)}::uuid[])`.execute(db)
  return new Set(rows.map(({ id }) => id))
}
