/** Somebody who sees more for a while, and the ticket they do it for. */
import { openSqlUnmasking, type SqlUnmasking, type Unmasked } from '#contract/sql-console'
import type { Browserless } from './browserless.ts'
import { called } from './support.ts'

export const why = 'Adresse fausse signalée par le cabinet'

export async function ticketFor(as: Browserless): Promise<number> {
  return (await called(as)).number
}

export type Opening = Partial<{ target: string; classes: Unmasked[]; minutes: number; ticket: number }>

export const opening = async (as: Browserless, over: Opening = {}) => ({
  target: 'central',
  classes: ['identity' as const],
  reason: why,
  ticket: over.ticket ?? (await ticketFor(as)),
  ...over,
})

export async function opened(as: Browserless, over: Opening = {}): Promise<SqlUnmasking> {
  return as.call(openSqlUnmasking, { body: await opening(as, over) })
}
