import { reading } from './reading.ts'

export { historyOf, type EntryRow } from './queries.ts'
export { writeDown, writeDownAs } from './writing.ts'

export const handlers = [reading]
