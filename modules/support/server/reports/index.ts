import type { Handler } from '#platform/server/requests.ts'
import type { Parts } from '../parts.ts'
import { exporting } from './exporting.ts'
import { reading } from './reading.ts'

export const reportHandlers = (parts: Pick<Parts, 'sentences'>): readonly Handler[] => [
  reading,
  ...exporting(parts),
]
