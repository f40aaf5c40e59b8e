/**
 * The practice's figures, each with its lines. Everything here is answered from the practice's own database, at the moment
 * it is asked: nothing is counted ahead.
 */
export * from './contract/board.ts'
export * from './contract/lines.ts'
export * from './contract/names.ts'
export * from './contract/arranging.ts'

/** Somebody arranged their own cards. Of what is counted, news comes from whose it is. */
export const topics = { practice_figures: 'cabinet.read' } as const
