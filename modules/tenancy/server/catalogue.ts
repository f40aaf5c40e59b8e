/** Where tenants are, as the catalogue says: what every connection to a practice begins with. */
import type { CentralDb } from '#platform/server/db.ts'
import type { NewsDesk } from '#platform/server/news.ts'
import type { TenantPlace } from '#platform/server/tenant-db.ts'
import { vaultOf, type Vault } from '#platform/server/vault.ts'
import { loginOf, passwordOf } from './logins.ts'
import { placeById } from './place-queries.ts'
import type { Practice } from './queries.ts'

export type Catalogue = {
  /** Undefined where there is no such tenant, or none any more. */
  locate(tenantId: string): Promise<TenantPlace | undefined>
  /** What its members' door goes by. */
  practice(tenantId: string): Promise<Practice | undefined>
  /** What opens and seals what a practice writes, and its files and backups. */
  vaultOf(tenantId: string): Promise<Vault | undefined>
  /** Before the news of it arrives. */
  forget(tenantId: string): void
  close(): void
}

/** A change that nobody told of shows after a second. */
const keptMs = 1_000
const keptAtMost = 5_000

export const loginSecretPlace = (tenantId: string) => `tenants.login_secret:${tenantId}`
export const keyPlace = (tenantId: string) => `tenants.key:${tenantId}`

type Known = { place: TenantPlace; practice: Practice; vault: Vault }

export function openCatalogue(on: {
  db: CentralDb
  vault: Vault
  /** None on the command line, which does not live long. */
  desk?: Pick<NewsDesk, 'subscribe'>
}): Catalogue {
  const kept = new Map<string, { until: number; known: Promise<Known | undefined> }>()

  const unsubscribe = on.desk?.subscribe((whisper) => {
    if (whisper !== null && whisper.topic !== 'tenants') return
    if (whisper?.id === undefined) kept.clear()
    else kept.delete(whisper.id)
  })

  function known(tenantId: string): Promise<Known | undefined> {
    const now = performance.now()
    const found = kept.get(tenantId)
    if (found && found.until > now) return found.known
    if (kept.size >= keptAtMost) for (const [id, { until }] of kept) if (until <= now) kept.delete(id)
    const entry = { until: now + keptMs, known: read(on.db, on.vault, tenantId) }
    kept.set(tenantId, entry)
    const drop = () => void (kept.get(tenantId) === entry && kept.delete(tenantId))
    entry.known.then((answer) => answer ?? drop(), drop)
    return entry.known
  }

  return {
    locate: async (tenantId) => (await known(tenantId))?.place,
    practice: async (tenantId) => (await known(tenantId))?.practice,
    vaultOf: async (tenantId) => (await known(tenantId))?.vault,
    forget: (tenantId) => void kept.delete(tenantId),
    close() {
      unsubscribe?.()
      kept.clear()
    },
  }
}

async function read(db: CentralDb, vault: Vault, tenantId: string): Promise<Known | undefined> {
  const row = await placeById(db, tenantId)
  // Only a purged tenant has neither.
  if (!row?.loginSecretSealed || !row.keySealed) return undefined
  const { id, loginSecretSealed, keySealed, stateBefore, secondFactorRequired, ...said } = row
  const secret = vault.open(loginSecretSealed, loginSecretPlace(id))
  return {
    place: {
      ...said,
      tenantId: id,
      passwordOf: (role) => passwordOf(secret, loginOf(said.loginRole, role)),
    },
    practice: { name: said.name, kind: said.kind, state: said.state, stateBefore, secondFactorRequired },
    vault: vaultOf(vault.open(keySealed, keyPlace(id))),
  }
}
