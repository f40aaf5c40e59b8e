import type { z } from 'zod'
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
