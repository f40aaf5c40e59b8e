import type { Handler } from '#platform/server/requests.ts'
import type { Parts } from '../parts.ts'

export function ticketHandlers(_parts: Parts): readonly Handler[] {
  return []
}
