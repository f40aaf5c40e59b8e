import type { Handler } from '#platform/server/requests.ts'
import type { Parts } from '../parts.ts'
import { decidingByHand } from './deciding-by-hand.ts'
import { tray } from './tray.ts'

export const mailInHandlers = (parts: Parts): readonly Handler[] => [...tray(parts), ...decidingByHand(parts)]
