import type { Handler } from '#platform/server/requests.ts'
import type { Vault } from '#platform/server/vault.ts'
import { decidingHandlers } from './deciding.ts'
import { mandateHandlers } from './mandates.ts'
import { preparingHandlers } from './preparing.ts'
import { showingHandlers } from './showing.ts'

export const directDebitHandlers = (parts: { vault: Vault }): readonly Handler[] => [
  ...mandateHandlers(parts),
  ...preparingHandlers(parts),
  ...showingHandlers(parts),
  ...decidingHandlers,
]
