import type { TenantHandler } from '#platform/server/requests.ts'

export const callsHandlers: readonly TenantHandler[] = []
