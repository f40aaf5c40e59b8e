import type { Handler } from '#platform/server/requests.ts'
import type { Parts } from '../parts.ts'
import { deciding } from './deciding.ts'
import { invoicing } from './invoicing.ts'
import { issuing } from './issuing.ts'
import { listing } from './listing.ts'
import { printing } from './printing.ts'
import { writing } from './writing.ts'

export const quoteHandlers = (parts: Parts): readonly Handler[] => [
  ...listing,
  ...writing,
  issuing(parts),
  ...deciding,
  ...invoicing(parts),
  printing(parts),
]
