import { z } from 'zod'
import { endpoint } from '#platform/contract/endpoint.ts'

export const boardCards = [
  'upcoming',
  'appointments',
  'collected_day',
  'collected_week',
  'collected_month',
  'to_collect',
  'forecast',
  'absences',
  'new_patients',
  'followed',
  'most_consulted',
  'origin',
  'tasks',
  'revenue',
] as const
export const BoardCard = z.enum(boardCards)
export type BoardCard = z.infer<typeof BoardCard>

/** The order of one's cards, and which of them one does not want to see. What is not named keeps its place. */
export const Arrangement = z.object({
  order: z.array(BoardCard).max(boardCards.length),
  hidden: z.array(BoardCard).max(boardCards.length),
})
export type Arrangement = z.infer<typeof Arrangement>

export const arrangeBoard = endpoint({
  realm: 'member',
  method: 'PUT',
  path: '/board/arrangement',
  may: 'cabinet.read',
  stepUp: false,
  records: 'board.arranged',
  summary: 'Keeps how somebody arranged their dashboard; null as it was at first',
  input: { body: z.object({ arrangement: Arrangement.nullable() }) },
  output: z.object({ arrangement: Arrangement.nullable() }),
  touches: ['practice_figures'],
})
