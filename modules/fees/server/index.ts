import type { TenantHandler } from '#platform/server/requests.ts'

export const feesHandlers: readonly TenantHandler[] = []
