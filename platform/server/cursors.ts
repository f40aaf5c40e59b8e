import type { z } from 'zod'
import { pgCode } from './db.ts'
import { WrongField } from './requests.ts'

/** A place in a sorted list, as opaque text for `?after=`. */
export function cursorOf(place: Record<string, unknown>): string {
  return Buffer.from(JSON.stringify(place)).toString('base64url')
}

/** The place again; what no list of ours wrote is a wrong field, not a bug. */
export function readCursor<Place>(shape: z.ZodType<Place>, after: string | undefined): Place | undefined {
  if (after === undefined) return undefined
  try {
    return shape.parse(JSON.parse(Buffer.from(after, 'base64url').toString()))
  } catch {
    throw new WrongField('query', 'after', 'cursor_invalid')
  }
}

/**
 * A place has the right shape and holds what no row can: an instant of the year 0, a NUL, a number beyond integers. The
 * rest of the query was held to its contract, so what PostgreSQL cannot read (class 22, data exceptions) stood in there.
 * @returns what to throw instead
 */
export function unreadPlace(error: unknown, input: Record<string, unknown>): unknown {
  const query = input['query'] as { after?: unknown } | undefined
  if (query?.after === undefined || !pgCode(error)?.startsWith('22')) return error
  return new WrongField('query', 'after', 'cursor_invalid')
}
