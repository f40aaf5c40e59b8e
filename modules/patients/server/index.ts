import type { TenantHandler } from '#platform/server/requests.ts'
import { finding } from './finding.ts'

export const patientsHandlers: readonly TenantHandler[] = [...finding]
