import type { Schedule } from '#platform/server/jobs.ts'
import type { Handler } from '#platform/server/requests.ts'
import type { Vault } from '#platform/server/vault.ts'
import type { Parts } from '../parts.ts'
import { decidingHandlers } from './deciding.ts'
import { mandateHandlers } from './mandates.ts'
import { bookingDue } from './nightly.ts'
import { preparingHandlers } from './preparing.ts'
import { showingHandlers } from './showing.ts'

export const directDebitHandlers = (parts: { vault: Vault }): readonly Handler[] => [
  ...mandateHandlers(parts),
  ...preparingHandlers(parts),
  ...showingHandlers(parts),
  ...decidingHandlers,
]

export const directDebitSchedules = (parts: Parts): readonly Schedule[] => [bookingDue(parts)]
