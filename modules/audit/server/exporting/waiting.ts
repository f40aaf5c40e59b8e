import { setTimeout as sleep } from 'node:timers/promises'
import type { CentralDb } from '#platform/server/db.ts'
import { withSignature } from '../tree/notes.ts'
import type { Published } from '../publishing/published.ts'
import { cosignaturesOf } from '../publishing/queries.ts'
import type { SignedTree } from './document.ts'
import { numbering } from './queries.ts'
import type { Signing } from '../witnessing/places.ts'
import type { Wanted } from '../searching/wanted.ts'

/** The sequencer is a second behind at most; where it stands still, nobody waits for it for long. */
const patienceMs = 5_000
const pauseMs = 200

/**
 * The tree that was signed over all that match and were written until now, or after some seconds the last one there is.
 * @returns undefined where nothing was ever signed
 */
export async function treeCovering(
  db: CentralDb,
  log: Published,
  wanted: Wanted,
  { now, witnesses }: { now: Date; witnesses: readonly Signing[] },
): Promise<SignedTree | undefined> {
  const until = performance.now() + patienceMs
  while (true) {
    const head = await log.checkpoint()
    if (!head) return undefined
    const { size, waits } = await numbering(db, wanted, now)
    if ((!waits && head.size >= size) || performance.now() > until) {
      const note = (await cosignaturesOf(db, head, witnesses)).reduce(withSignature, head.note)
      const vkey = (await log.vkey())?.toString().trim() ?? ''
      return { origin: head.origin, vkey, size: head.size, root: head.root, note, read: log.read }
    }
    await sleep(pauseMs)
  }
}
