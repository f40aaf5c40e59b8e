/** The log as a test looks into it: leaves with their payloads opened. */
import { sql, type CentralDb } from '#platform/server/db.ts'
import type { Vault } from '#platform/server/vault.ts'
import { openPayload } from '../../modules/audit/server/payloads.ts'

type Wanted = {
  verb?: string
  object?: string
  result?: string
  only?: readonly string[]
  besides?: readonly string[]
}

/** Oldest first; before, after, address, browser and request are null where nothing was written. */
export async function entriesOf({ db, vault }: { db: CentralDb; vault: Vault }, wanted: Wanted = {}) {
  let query = db.selectFrom('auditLog').orderBy('at').orderBy('id')
  if (wanted.verb !== undefined) query = query.where('verb', '=', wanted.verb)
  if (wanted.object !== undefined) query = query.where('objectId', '=', wanted.object)
  if (wanted.result !== undefined) query = query.where('result', '=', wanted.result)
  // Opening what is known already would be most of the work.
  if (wanted.besides !== undefined) query = query.where(sql<boolean>`id <> all(${wanted.besides}::uuid[])`)
  if (wanted.only !== undefined) query = query.where(sql<boolean>`id = any(${wanted.only}::uuid[])`)
  const rows = await query
    .select([
      'id',
      'at',
      'verb',
      'result',
      'actorType',
      'actorId',
      'objectType',
      'objectId',
      'objectIds',
      'sessionId',
      'reason',
      'leaf',
      'sealed',
    ])
    .execute()
  return rows.map(({ sealed, ...row }) => {
    const payload = sealed ? openPayload(vault, row.id, sealed).payload : undefined
    const { before = null, after = null, ip = null, userAgent = null, requestId = null } = payload ?? {}
    return { ...row, before, after, ip, userAgent, requestId }
  })
}

export type OpenedEntry = Awaited<ReturnType<typeof entriesOf>>[number]
