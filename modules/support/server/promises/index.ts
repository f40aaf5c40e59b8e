import type { Handler } from '#platform/server/requests.ts'
import type { Parts } from '../parts.ts'

export function promiseHandlers(_parts: Parts): readonly Handler[] {
  return []
}
