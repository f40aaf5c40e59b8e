import type { MemberActor } from '#platform/server/requests.ts'
import type { Sealing } from './sealing.ts'

/** What the asking person may read of notes: their words, or only that they exist. */
export type Reading = {
  masked: boolean
  /** What is sealed, in the open; empty where it is masked, and nothing was opened then. */
  opens(what: (open: Sealing) => string): string
}

/** An author reads their notes. Whoever of the vendor’s team stands in for them does where the author allowed it, this once. */
export function readingAs({ impersonator }: Pick<MemberActor, 'impersonator'>, sealing: Sealing): Reading {
  const masked = impersonator !== null && !impersonator.notesOpen
  return { masked, opens: (what) => (masked ? '' : what(sealing)) }
}
