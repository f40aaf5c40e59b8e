import type { TenantHandler } from '#platform/server/requests.ts'

export const agendaHandlers: readonly TenantHandler[] = []
