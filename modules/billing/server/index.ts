import { listing } from './listing.ts'
import { reading } from './reading.ts'

export { invoiceSeenBy } from './seeing.ts'

export const handlers = [listing, reading]
