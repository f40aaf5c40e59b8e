import { opensItsSecrets } from '#server/identity'
import { ConfigError, type Config } from '#platform/server/config.ts'
import type { CentralDb } from '#platform/server/db.ts'
import { loadMasterKey } from '#platform/server/master-key.ts'
import { vaultOf, type Vault } from '#platform/server/vault.ts'

/**
 * The vault of this installation, for a command that writes: what another key seals nobody opens again, and the audit
 * log would count its entries as altered.
 * @throws {ConfigError}
 */
export async function ownVault(config: Config, db: CentralDb): Promise<Vault> {
  const vault = vaultOf(loadMasterKey(config))
  if (await opensItsSecrets(db, vault)) return vault
  throw new ConfigError([
    'This is not the master key the database was sealed with, nothing was changed: give the server’s MASTER_KEY, or ' +
      'its DATA_DIR, which holds master.key.',
  ])
}
