import type { TenantHandler } from '#platform/server/requests.ts'

export const figuresHandlers: readonly TenantHandler[] = []
