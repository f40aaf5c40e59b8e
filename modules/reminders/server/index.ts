import type { TenantHandler } from '#platform/server/requests.ts'

export const remindersHandlers: readonly TenantHandler[] = []
