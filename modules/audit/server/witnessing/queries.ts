import { sql, type CentralDb, type Tables } from '#platform/server/db.ts'
import type { AuditWitness } from '#contract/audit'
import type { Handed } from './witness.ts'

type Db = Tables<'auditCheckpoints' | 'auditCosignatures' | 'auditWitnessTroubles'>

/** The latest tree head that was signed. */
export async function newestCheckpoint(
  db: Tables<'auditCheckpoints'>,
): Promise<(Handed & { signedAt: Date }) | undefined> {
  return db
    .selectFrom('auditCheckpoints')
    .orderBy('size', 'desc')
    .limit(1)
    .select(['size', 'root', 'note', 'signedAt'])
    .executeTakeFirst()
}

/** Of each of these witnesses the latest checkpoint it holds and what hinders it, where there is such. */
export async function standingOf(db: Db, witnesses: readonly string[]) {
  const [kept, troubles] = await Promise.all([
    sql<{ witness: string; size: number; at: Date; line: string | null; keptAt: string | null }>`
      select distinct on (witness) witness, size, at, line, kept_at from audit_cosignatures
      where witness = any(${witnesses}) order by witness, size desc`.execute(db),
    db
      .selectFrom('auditWitnessTroubles')
      .where('witness', 'in', [...witnesses, ''])
      .selectAll()
      .execute(),
  ])
  return new Map(
    witnesses.map((name) => [
      name,
      {
        last: kept.rows.find(({ witness }) => witness === name),
        trouble: troubles.find(({ witness }) => witness === name),
      },
    ]),
  )
}

export async function insertCosignature(
  db: CentralDb,
  kept: {
    size: number
    witness: string
    kind: AuditWitness['kind']
    line: string | null
    keptAt: string | null
    at: Date
  },
): Promise<void> {
  // Another worker may have handed it over at the same time.
  await db
    .insertInto('auditCosignatures')
    .values(kept)
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

export async function forgetTrouble(db: CentralDb, witness: string): Promise<void> {
  await db.deleteFrom('auditWitnessTroubles').where('witness', '=', witness).execute()
}

/** @returns what hindered it the time before; undefined: nothing did */
export async function noteTrouble(
  db: CentralDb,
  { witness, error, at }: { witness: string; error: string; at: Date },
): Promise<string | undefined> {
  return db.transaction().execute(async (tx) => {
    const before = await tx
      .selectFrom('auditWitnessTroubles')
      .where('witness', '=', witness)
      .forUpdate()
      .select('error')
      .executeTakeFirst()
    await tx
      .insertInto('auditWitnessTroubles')
      .values({ witness, error, since: at, lastAt: at, tries: 1 })
      .onConflict((conflict) =>
        conflict
          .column('witness')
          .doUpdateSet({ error, lastAt: at, tries: sql<number>`audit_witness_troubles.tries + 1` }),
      )
      .execute()
    return before?.error
  })
}
