import type { TenantHandler } from '#platform/server/requests.ts'

export const patientsHandlers: readonly TenantHandler[] = []
