import type { BackgroundWork } from '#platform/server/jobs.ts'
import type { Handler } from '#platform/server/requests.ts'
import type { Parts } from '../parts.ts'
import { closingHandlers } from './closing.ts'
import { accountingWork, exportHandlers } from './exporting.ts'

export const accountingHandlers = (parts: Parts): readonly Handler[] => [
  ...closingHandlers,
  ...exportHandlers(parts),
]
export const accountingWorks = (parts: Parts): readonly BackgroundWork[] => [accountingWork(parts)]
