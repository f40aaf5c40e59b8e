import type { Tables } from '#platform/server/db.ts'

/** The lines that witnesses put under the checkpoint of this size, in the order they came. */
export async function cosignaturesOf(db: Tables<'auditCosignatures'>, size: number): Promise<string[]> {
  const rows = await db
    .selectFrom('auditCosignatures')
    .where('size', '=', size)
    .where('line', 'is not', null)
    .orderBy('at')
    .orderBy('witness')
    .select('line')
    .execute()
  return rows.flatMap(({ line }) => line ?? [])
}

/** The latest checkpoint that a witness signed, of more than `above` entries and at most `upTo`. */
export async function cosignedNote(
  db: Tables<'auditCosignatures' | 'auditCheckpoints'>,
  { above, upTo }: { above: number; upTo: number },
): Promise<string | undefined> {
  const row = await db
    .selectFrom('auditCosignatures as cosigned')
    .innerJoin('auditCheckpoints as signed', 'signed.size', 'cosigned.size')
    .where('cosigned.line', 'is not', null)
    .where('cosigned.size', '>', above)
    .where('cosigned.size', '<=', upTo)
    .orderBy('cosigned.size', 'desc')
    .limit(1)
    .select('signed.note')
    .executeTakeFirst()
  return row?.note
}

/** What the tree holds of an entry, and where; null: no number yet. */
export async function leafOfEntry(db: Tables<'auditLog'>, id: string) {
  return db.selectFrom('auditLog').where('id', '=', id).select(['leaf', 'index']).executeTakeFirst()
}
