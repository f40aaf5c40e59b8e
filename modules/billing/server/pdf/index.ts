import type { BackgroundWork, Errand, Schedule } from '#platform/server/jobs.ts'
import type { Handler } from '#platform/server/requests.ts'
import type { Parts } from '../parts.ts'

export const pdfHandlers = (_parts: Parts): readonly Handler[] => []
export const pdfWorks = (_parts: Parts): readonly BackgroundWork[] => []
export const pdfErrands = (_parts: Parts): readonly Errand[] => []
export const pdfSchedules = (_parts: Parts): readonly Schedule[] => []
