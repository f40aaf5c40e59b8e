import type { Handler } from '#platform/server/requests.ts'
import type { Vault } from '#platform/server/vault.ts'
import { reading } from './reading.ts'

export const auditHandlers = (on: { vault: Vault }): Handler[] => reading(on)
