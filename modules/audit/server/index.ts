import { reading } from './reading.ts'

export { historyOf, type EntryRow } from './queries.ts'
export { originOf, writeDown, writeDownAs, type Origin } from './writing.ts'

export const handlers = reading
