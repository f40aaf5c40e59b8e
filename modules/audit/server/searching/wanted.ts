import type { AuditFilter, Result } from '#contract/audit'
import { readAddress } from '#platform/server/addresses.ts'
import type { Within } from '#server/access'
import type { CentralDb } from '#platform/server/db.ts'
import { WrongField } from '#platform/server/requests.ts'
import type { Vault } from '#platform/server/vault.ts'
import { ipIndexOf } from '../payloads.ts'
import { periodOf, type Period } from './period.ts'
import { understand, type Meant } from './understanding.ts'

/** A filter as the database can be asked for it. */
export type Wanted = Period & {
  person: string | undefined
  actor: string | undefined
  subject: string | undefined
  objectType: string | undefined
  object: string | undefined
  verbs: readonly string[] | undefined
  results: readonly Result[] | undefined
  ipIndex: Buffer | undefined
  text: Meant | undefined
}

/**
 * @param mine the clients whose names are looked through
 * @param place where the filter stood, so that a wrong field is named as it was sent: `filter.` in a body
 * @throws {WrongField} what no schema can judge
 */
export async function wantedOf(
  db: CentralDb,
  filter: AuditFilter,
  { vault, mine, place }: { vault: Vault; mine: Within | undefined; place: 'query' | 'body' },
): Promise<Wanted> {
  const { person, actor, subject, objectType, object, verb, result, ip, q } = filter
  const wrong = (field: string, code: string) =>
    new WrongField(place, place === 'body' ? `filter.${field}` : field, code)
  const address = ip === undefined ? undefined : readAddress(ip)
  if (address === null) throw wrong('ip', 'ip_wrong')
  return {
    ...periodOf(filter, wrong),
    person,
    actor,
    subject,
    objectType,
    object,
    verbs: verb,
    results: result,
    // Entries hold addresses in this one spelling (platform/server/addresses.ts).
    ipIndex: address ? ipIndexOf(vault, address.toString()) : undefined,
    text: q ? await understand(db, q, mine) : undefined,
  }
}
