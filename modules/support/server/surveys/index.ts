import type { Schedule } from '#platform/server/jobs.ts'
import type { Handler } from '#platform/server/requests.ts'
import type { Parts } from '../parts.ts'
import { answering } from './answering.ts'
import { askingHowItWas } from './asking.ts'

export const surveyHandlers = (parts: Parts): readonly Handler[] => answering(parts)

export const surveySchedules = (parts: Parts): readonly Schedule[] => [askingHowItWas(parts)]
