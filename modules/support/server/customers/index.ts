import type { Handler } from '#platform/server/requests.ts'
import { ticketFiles } from '../conversation/files.ts'
import type { Parts } from '../parts.ts'
import { asking } from './asking.ts'
import { rating } from './rating.ts'
import { reading } from './reading.ts'
import { sendingFiles } from './sending-files.ts'

export function customerHandlers(parts: Parts): readonly Handler[] {
  return [...reading, ...asking(parts), ...sendingFiles(ticketFiles(parts)), ...rating]
}
