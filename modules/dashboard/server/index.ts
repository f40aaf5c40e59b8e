import type { Clock } from '#platform/server/clock.ts'
import type { Schedule } from '#platform/server/jobs.ts'
import type { Logger } from '#platform/server/log.ts'
import type { Sentences } from '#platform/server/sentences.ts'
import { exporting } from './exporting.ts'
import { folding, proving } from './proving.ts'
import { reading } from './reading.ts'

export { proveFigures } from './proving.ts'

export const handlers = (sentences: Sentences) => [reading, exporting(sentences)]

export const schedules = (clock: Clock, log: Logger): Schedule[] => [folding, proving(clock, log)]
