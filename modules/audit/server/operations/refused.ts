import { Platform } from '#platform/server/errors.ts'
import { NotFound, Refused, TooMany, WrongField } from '#platform/server/requests.ts'

/** The code of what a person ran into; undefined for what went wrong by itself. */
export function refusalIn(error: unknown): string | undefined {
  if (error instanceof Refused) return error.refusal.code
  if (error instanceof NotFound) return 'not_found'
  if (error instanceof WrongField) return 'input_invalid'
  if (error instanceof TooMany) return 'too_many_requests'
  if (error instanceof Platform && error.code === 'forbidden') return 'forbidden'
  return undefined
}
