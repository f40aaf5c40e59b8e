import type { TenantHandler } from '#platform/server/requests.ts'
import type { Sentences } from '#platform/server/sentences.ts'
import { archiving } from './archiving.ts'
import { consents } from './consents.ts'
import { finding } from './finding.ts'
import { keeping } from './keeping.ts'
import { listing } from './listing.ts'
import { origins } from './origins.ts'
import { relatives } from './relatives.ts'

export { sessionsIn as monSoutienPsySessions } from './standing-queries.ts'
export { mayBeSeen } from './standing.ts'

export type PatientsParts = { sentences: Sentences }

export function patientsHandlers(parts: PatientsParts): readonly TenantHandler[] {
  return [...finding, ...listing(parts), ...keeping, ...archiving, ...origins, ...relatives, ...consents]
}
