import type { TenantHandler } from '#platform/server/requests.ts'
import { archiving } from './archiving.ts'
import { consents } from './consents.ts'
import { copying, type CopyingParts } from './copying/copying.ts'
import { erasing } from './erasing.ts'
import { finding } from './finding.ts'
import { keeping } from './keeping.ts'
import { listing } from './listing.ts'
import { origins } from './origins.ts'
import { relatives } from './relatives.ts'
import { requests } from './requests.ts'
import { retaining } from './retaining.ts'

export { isHere } from './here.ts'
export { sessionsIn as monSoutienPsySessions } from './standing-queries.ts'
export { mayBeSeen } from './standing.ts'

export function patientsHandlers(parts: CopyingParts): readonly TenantHandler[] {
  return [
    ...finding,
    ...listing(parts),
    ...keeping,
    ...archiving,
    ...origins,
    ...relatives,
    ...consents,
    ...requests,
    copying(parts),
    ...erasing,
    ...retaining(parts),
  ]
}
