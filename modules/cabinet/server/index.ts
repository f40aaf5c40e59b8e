import type { TenantHandler } from '#platform/server/requests.ts'
import { filing, type FilingParts } from './filing.ts'
import { practice } from './practice.ts'

export { comingAndGoing } from './entering.ts'

export function cabinetHandlers(parts: FilingParts): readonly TenantHandler[] {
  return [...practice, ...filing(parts)]
}
