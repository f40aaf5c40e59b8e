import { sql } from '#platform/server/db.ts'
import type { TenantTables } from '#platform/server/tenant-db.ts'

type Db = TenantTables<'extraFees' | 'paymentAllocations' | 'feeNoteLines' | 'profiles'>

type NewExtraFee = {
  id: string
  patientId: string
  practitionerId: string
  doneOn: string
  label: string
  dueCents: number
  createdBy: string
}

export async function insertExtraFee(db: Db, fee: NewExtraFee) {
  await db.insertInto('extraFees').values(fee).execute()
}

/** `isUsed`: something was paid of it once, or a note says it, be it one that was cancelled. */
export async function extraFeeRow(db: Db, id: string) {
  return db
    .selectFrom('extraFees')
    .where('id', '=', id)
    .select([
      'patientId',
      'dueCents',
      sql<boolean>`exists (select from payment_allocations l where l.extra_fee_id = extra_fees.id)
        or exists (select from fee_note_lines l where l.extra_fee_id = extra_fees.id)`.as('isUsed'),
    ])
    .executeTakeFirst()
}

export async function deleteExtraFee(db: Db, id: string) {
  await db.deleteFrom('extraFees').where('id', '=', id).execute()
}

/** The first of these who practises here and has not left. */
export async function practitionerAmong(
  db: TenantTables<'profiles'>,
  memberIds: readonly string[],
): Promise<string | undefined> {
  const rows = await db
    .selectFrom('profiles')
    .where('memberId', 'in', memberIds)
    .where('profile', '=', 'practitioner')
    .where('leftAt', 'is', null)
    .select('memberId')
    .execute()
  return memberIds.find((id) => rows.some(({ memberId }) => memberId === id))
}
