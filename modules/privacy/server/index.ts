import { listing } from './listing.ts'

export const handlers = [listing]
