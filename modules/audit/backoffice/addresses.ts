/** Where the log is found, and each part of it. */
import type { AuditFilterInput } from '#contract/audit'
import { stringifySearch } from '#platform/ui/url-state.ts'

export const logTo = (filter: AuditFilterInput & { entry?: string | undefined } = {}) =>
  `/audit${stringifySearch(filter)}`
export const integrityTo = '/audit/integrity'
export const erasuresTo = '/audit/erasures'
