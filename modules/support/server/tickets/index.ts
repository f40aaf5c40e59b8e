import type { Handler } from '#platform/server/requests.ts'
import { moveHandlers } from '../moves/index.ts'
import type { Parts } from '../parts.ts'
import { choosing } from './listing/choosing.ts'
import { counting } from './listing/counting.ts'
import { listing } from './listing/listing.ts'
import { movingOn } from './moving-on.ts'
import { openingByStaff } from './opening-by-staff.ts'
import { reading } from './reading.ts'
import { undoing } from './undoing.ts'
import { updating } from './updating.ts'

export function ticketHandlers(parts: Parts): readonly Handler[] {
  return [
    listing(parts),
    counting,
    choosing,
    openingByStaff(parts),
    ...reading,
    updating(parts),
    ...movingOn(parts),
    undoing(parts),
    ...moveHandlers(parts),
  ]
}
