import type { BackgroundWork, Errand, Schedule } from '#platform/server/jobs.ts'
import type { Handler } from '#platform/server/requests.ts'
import type { Parts } from '../parts.ts'
import { checking } from './checking.ts'
import { reconciling, rendering } from './keeping.ts'
import { packing, packWork } from './packing.ts'
import { showing } from './showing.ts'
import { warningOfSeal } from './warning.ts'

export const pdfHandlers = (parts: Parts): readonly Handler[] => [...showing(parts), packing(parts), checking]
export const pdfWorks = (parts: Parts): readonly BackgroundWork[] => [packWork(parts)]
export const pdfErrands = (parts: Parts): readonly Errand[] => [rendering(parts)]
export const pdfSchedules = (parts: Parts): readonly Schedule[] => [reconciling(parts), warningOfSeal(parts)]
