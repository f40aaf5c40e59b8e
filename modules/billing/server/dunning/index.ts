import type { BackgroundWork, Schedule } from '#platform/server/jobs.ts'
import type { Handler } from '#platform/server/requests.ts'
import type { Parts } from '../parts.ts'
import { unpaidBoard } from './board.ts'
import { letters } from './letters.ts'
import { pausing } from './pausing.ts'
import { proposingDunning } from './proposing.ts'
import { dunningWork, startingDunning } from './running.ts'

export const dunningHandlers = (parts: Parts): readonly Handler[] => [
  unpaidBoard,
  ...letters(parts),
  startingDunning(parts),
  ...pausing,
]
export const dunningWorks = (parts: Parts): readonly BackgroundWork[] => [dunningWork(parts)]
export const dunningSchedules = (parts: Parts): readonly Schedule[] => [proposingDunning(parts)]
