import type { Handler } from '#platform/server/requests.ts'
import type { Parts } from '../parts.ts'
import { hearOfLost } from './bouncing.ts'
import { decidingByHand } from './deciding-by-hand.ts'
import { tray } from './tray.ts'

export function mailInHandlers(parts: Parts): readonly Handler[] {
  hearOfLost(parts)
  return [...tray(parts), ...decidingByHand(parts)]
}
