import type { Asker, Strangers } from '#platform/server/mount.ts'
import { stopUnwritable } from './ending.ts'
import type { Parts } from './parts.ts'

/** What whoever stands in for a member sees is written down first. Where that cannot be they see nothing, and are out. */
export function watching(parts: Parts): Pick<Strangers, 'writeDownSeen' | 'writeDownLook'> {
  const orOut = async (who: Asker, written: Promise<void>) => {
    try {
      await written
    } catch (error) {
      if ('memberId' in who) await stopUnwritable(parts, who)
      throw error
    }
  }
  return {
    writeDownSeen: (db, seen) => orOut(seen.actor, parts.audit.writeDownSeen(db, seen)),
    writeDownLook: (db, look) => orOut(look.actor, parts.audit.writeDownLook(db, look)),
  }
}
