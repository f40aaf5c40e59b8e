import type { Handler } from '#platform/server/requests.ts'
import { ticketFiles } from '../conversation/files.ts'
import type { Parts } from '../parts.ts'
import { asking } from './asking.ts'
import { draftKey } from './draft-key.ts'
import { rating } from './rating.ts'
import { reading } from './reading.ts'
import { sendingFiles } from './sending-files.ts'
import { refusingTooOften } from './too-often.ts'

export function customerHandlers(parts: Parts): readonly Handler[] {
  const notTooOften = refusingTooOften(parts)
  return [
    ...reading,
    ...asking(parts, notTooOften),
    ...sendingFiles(ticketFiles(parts), notTooOften),
    ...rating,
    draftKey(parts),
  ]
}
