import type { Handler } from '#platform/server/requests.ts'
import { explaining } from './explaining.ts'
import { creating } from './matrix/creating.ts'
import { deleting } from './matrix/deleting.ts'
import { previewing } from './matrix/previewing.ts'
import { reading } from './matrix/reading.ts'
import { saving } from './matrix/saving.ts'
import { updating } from './matrix/updating.ts'
import type { Parts } from './parts.ts'

export function accessHandlers(on: Parts): readonly Handler[] {
  return [reading(on), previewing, saving(on), creating(on), updating(on), deleting, ...explaining(on)]
}
