import type { Handler } from '#platform/server/requests.ts'

export const announcementHandlers: readonly Handler[] = []
