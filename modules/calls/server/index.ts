import type { TenantHandler } from '#platform/server/requests.ts'
import { calls } from './calls.ts'
import { tasks } from './tasks.ts'

export const callsHandlers: readonly TenantHandler[] = [...calls, ...tasks]
