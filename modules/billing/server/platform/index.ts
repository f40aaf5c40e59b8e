import type { Errand, Schedule } from '#platform/server/jobs.ts'
import type { Handler } from '#platform/server/requests.ts'
import type { Parts } from '../parts.ts'
import { deposits } from './deposits.ts'
import { depositing, keepingUp } from './depositing.ts'
import { reports } from './reports.ts'

export const platformHandlers = (parts: Parts): readonly Handler[] => [...deposits(parts), ...reports(parts)]
export const platformErrands = (parts: Parts): readonly Errand[] => [depositing(parts)]
export const platformSchedules = (parts: Parts): readonly Schedule[] => [keepingUp(parts)]
