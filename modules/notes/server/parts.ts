import type { Vault } from '#platform/server/vault.ts'

/** What the module is handed by the app. */
export type NotesParts = {
  /** What the practice's own key seals. @throws when it is destroyed */
  vaultOf(tenantId: string): Promise<Vault>
}
