import type { Handler } from '#platform/server/requests.ts'
import type { Parts } from '../parts.ts'

export function customerHandlers(_parts: Parts): readonly Handler[] {
  return []
}
