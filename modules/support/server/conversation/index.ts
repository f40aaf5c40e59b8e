import type { Schedule } from '#platform/server/jobs.ts'
import type { Handler } from '#platform/server/requests.ts'
import type { Parts } from '../parts.ts'
import { attaching } from './attaching.ts'
import { drafting } from './drafting.ts'
import { exporting } from './exporting.ts'
import { sweepingFiles, ticketFiles } from './files.ts'
import { forgettingPresence, presence } from './presence.ts'
import { replying } from './replying.ts'

export function conversationHandlers(parts: Parts): readonly Handler[] {
  return [...replying(parts), ...drafting, ...attaching(ticketFiles(parts)), ...presence, ...exporting(parts)]
}

export const conversationSchedules = (parts: Parts): readonly Schedule[] => [
  sweepingFiles(ticketFiles(parts)),
  forgettingPresence(parts),
]
