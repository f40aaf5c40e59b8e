import { sql, type Tables } from '#platform/server/db.ts'
import type { ProofType } from './sniffing.ts'

type Db = Tables<'privacyProofs'>

type NewProof = { id: string; requestId: string; name: string; addedAt: Date; addedBy: string } & (
  | { kind: 'file'; mediaType: ProofType; bytes: number; sha256: Buffer; sealed: Buffer }
  | { kind: 'erasure_certificate' | 'audit_entry'; reference: string }
)

export async function insertProof(db: Db, proof: NewProof): Promise<void> {
  await db.insertInto('privacyProofs').values(proof).execute()
}

export async function proofsCounted(db: Db, requestId: string): Promise<number> {
  const { count } = await db
    .selectFrom('privacyProofs')
    .where('requestId', '=', requestId)
    .select(sql<number>`count(*)::integer`.as('count'))
    .executeTakeFirstOrThrow()
  return count
}

export async function sealedProof(db: Db, wanted: { requestId: string; id: string }) {
  return db
    .selectFrom('privacyProofs')
    .where('requestId', '=', wanted.requestId)
    .where('id', '=', wanted.id)
    .where('kind', '=', 'file')
    .select(['name', 'mediaType', 'sealed'])
    .executeTakeFirst()
}

/** The verb of an entry of the log, to name the proof by; undefined when there is none. */
export async function entryVerb(db: Tables<'auditLog'>, id: string): Promise<string | undefined> {
  const row = await db.selectFrom('auditLog').where('id', '=', id).select('verb').executeTakeFirst()
  return row?.verb
}

/** Whether an erasure was carried out, and so has a certificate. */
export async function hasCertificate(db: Tables<'auditErasures'>, id: string): Promise<boolean> {
  const row = await db
    .selectFrom('auditErasures')
    .where('id', '=', id)
    .where('doneAt', 'is not', null)
    .select('id')
    .executeTakeFirst()
  return row !== undefined
}
