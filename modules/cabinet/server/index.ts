import type { TenantHandler } from '#platform/server/requests.ts'
import { exporting, type ExportingParts } from './exporting.ts'
import { filing, type FilingParts } from './filing.ts'
import { practice } from './practice.ts'

export { comingAndGoing } from './entering.ts'

export function cabinetHandlers(parts: FilingParts & ExportingParts): readonly TenantHandler[] {
  return [...practice, exporting(parts), ...filing(parts)]
}
