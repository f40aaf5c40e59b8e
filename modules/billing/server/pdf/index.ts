import type { BackgroundWork, Errand, Schedule } from '#platform/server/jobs.ts'
import type { Handler } from '#platform/server/requests.ts'
import type { Parts } from '../parts.ts'
import { reconciling, rendering } from './keeping.ts'

export const pdfHandlers = (_parts: Parts): readonly Handler[] => []
export const pdfWorks = (_parts: Parts): readonly BackgroundWork[] => []
export const pdfErrands = (parts: Parts): readonly Errand[] => [rendering(parts)]
export const pdfSchedules = (parts: Parts): readonly Schedule[] => [reconciling(parts)]
