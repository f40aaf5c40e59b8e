import { z } from 'zod'
import { Id } from '#platform/contract/ids.ts'
import { stringifySearch } from '#platform/ui/url-state.ts'

/** Where an import stands: no file yet, a file whose columns are being chosen, or a run and its result. */
export const ImportStep = z.object({ file: Id.optional(), job: Id.optional() })
export type ImportStep = z.infer<typeof ImportStep>

export function importAddress(step: ImportStep): string {
  return `/clients/import${stringifySearch(step)}`
}
