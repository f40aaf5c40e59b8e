import type { TenantHandler } from '#platform/server/requests.ts'

export const notesHandlers: readonly TenantHandler[] = []
