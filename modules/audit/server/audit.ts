import type { Strangers } from '#platform/server/mount.ts'
import type { Clock } from '#platform/server/clock.ts'
import type { Vault } from '#platform/server/vault.ts'
import { historyOf } from './history.ts'
import { openRecently } from './looks.ts'
import { openOperations } from './operations.ts'
import { openWriting } from './writing.ts'

export type Audit = ReturnType<typeof openAudit>

/** How long the same person looking at the same thing is one look. */
const lookMs = 15 * 60_000
/** How long the same refusal of the same thing is one refusal: a broken script must not fill the log. */
const refusalMs = 60_000

/** The log of one process: what the platform, the modules and the command line write in it and read from it. */
export function openAudit(on: { vault: Vault; clock: Clock }) {
  const writing = openWriting(on)
  const onceALook = openRecently(lookMs)
  const onceARefusal = openRecently(refusalMs)
  const strangers: Pick<Strangers, 'writeDown' | 'writeDownLook' | 'writeDownRefusal'> = {
    writeDown: writing.writeDown,
    async writeDownLook(db, { actor, verb, line, request }) {
      const look = [actor.sessionId, verb, line.object, line.id ?? JSON.stringify(line.after ?? null)]
      await onceALook(look.join(' '), on.clock.now().getTime(), () =>
        writing.writeDown(db, { verb, line, actor, request, result: 'seen' }),
      )
    },
    async writeDownRefusal(db, { actor, verb, line, request, code }) {
      const refusal = [actor.sessionId, verb, line.object, line.id ?? '', code]
      await onceARefusal(refusal.join(' '), on.clock.now().getTime(), () =>
        writing.writeDown(db, { verb, line, actor, request, result: 'refused' }),
      )
    },
  }
  return {
    ...writing,
    ...strangers,
    historyOf: historyOf(on.vault),
    operations: openOperations({ ...on, writing }),
  }
}
