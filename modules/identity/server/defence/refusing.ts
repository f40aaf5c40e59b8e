import type { Factor } from '#contract/identity'
import type { Audit } from '#server/audit'
import type { CentralDb } from '#platform/server/db.ts'
import type { RequestFacts } from '#platform/server/requests.ts'
import type { FailureKind } from './queries.ts'

/**
 * Somebody was not let in: nobody knows who, only whose account they tried. Tries that a block answers are no checks and
 * leave nothing, so that a flood fills neither the events nor the log.
 */
export async function writeRefusedEntry(
  audit: Pick<Audit, 'write'>,
  db: CentralDb,
  { kind, staffId, factor }: { kind: FailureKind; staffId: string | null; factor: Factor | null },
  request: RequestFacts,
): Promise<void> {
  await audit.write(db, {
    verb: 'staff.sign_in_refused',
    actor: { type: 'anonymous', id: 'anonymous' },
    object: { type: 'staff_member', id: staffId ?? undefined },
    result: 'refused',
    after: { kind, ...(factor && { factor }) },
    origin: request,
  })
}
