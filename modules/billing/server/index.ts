import { listing } from './listing.ts'
import { reading } from './reading.ts'

export const handlers = [listing, reading]
