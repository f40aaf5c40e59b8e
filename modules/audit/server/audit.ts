import type { Strangers } from '#platform/server/mount.ts'
import type { Clock } from '#platform/server/clock.ts'
import type { Vault } from '#platform/server/vault.ts'
import { followed, historyOf } from './history.ts'
import { openRecently } from './looks.ts'
import { openOperations } from './operations.ts'
import { performingFor } from './operations/members.ts'
import { openRefusals, refusalsAMinute } from './refusals.ts'
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
  const judge = openRefusals()
  const strangers: Pick<Strangers, 'writeDown' | 'writeDownLook' | 'writeDownSeen' | 'writeDownRefusal'> = {
    writeDown: writing.writeDown,
    writeDownSeen: (db, seen) => writing.writeDown(db, { ...seen, result: 'seen' }),
    async writeDownLook(db, { actor, verb, line, request }) {
      // Whoever stands in for a member is followed from page to page.
      if ('memberId' in actor && actor.impersonator)
        return strangers.writeDownSeen(db, { actor, verb, line, request })
      // Of how many it was is part of it: who takes out two rows, and then all of them, took out all of them.
      const what = line.id ?? JSON.stringify([line.after ?? null, line.count ?? null])
      const look = [actor.sessionId, verb, line.object, what]
      await onceALook(look.join(' '), on.clock.now().getTime(), () =>
        writing.writeDown(db, { verb, line, actor, request, result: 'seen' }),
      )
    },
    async writeDownRefusal(db, { actor, verb, line, request, code }) {
      const refusal = [actor.sessionId, verb, line.object, line.id ?? '', code]
      const now = on.clock.now().getTime()
      await onceARefusal(refusal.join(' '), now, async () => {
        const kind = [verb, line.object, line.object === 'endpoint' ? line.id : '', code].join(' ')
        const verdict = judge(actor.sessionId, kind, now)
        if (verdict.write === 'refusal')
          await writing.writeDown(db, { verb, line, actor, request, result: 'refused' })
        if (verdict.write === 'many')
          await writing.writeDown(db, {
            verb: 'refusals.many',
            line: {
              object: 'session',
              id: actor.sessionId,
              // What was left out since the entry like this before; what this minute leaves out, the next one tells.
              after: { aMinute: refusalsAMinute, untoldBefore: verdict.untoldBefore },
            },
            actor,
            request,
            result: 'refused',
          })
      })
    },
  }
  const operations = openOperations({ ...on, writing })
  return {
    ...writing,
    ...strangers,
    historyOf: historyOf(on.vault),
    followed: followed(on.vault),
    operations,
    /** How members' writes in their practices' databases are done and told. */
    performing: (where: Parameters<typeof performingFor>[1]) => performingFor(operations, where),
  }
}
