import { Platform } from '../errors.ts'
import { pgCode, type CentralDb } from '../db.ts'
import { tell } from '../news.ts'
import type { CentralHandler, Context, Recorded } from '../requests.ts'
import { whoIs } from './asking.ts'
import { setCookie } from './facts.ts'
import { isToLookOnly, memberIn, staffIn, type Serve, type Served } from './serving.ts'
import type { Mounting } from './strangers.ts'
import { newsOf, oneLine, tellLook, tellRefusal, watched } from './telling.ts'

/** Serves an endpoint in the central database: a write in one transaction, with its line in the log, or not at all. */
export function centrally(handler: CentralHandler, on: Mounting): Serve {
  const { endpoint } = handler
  const writes = endpoint.method !== 'GET'
  const news = newsOf(endpoint, on.topics)

  async function read(served: Served): Promise<unknown> {
    const lines: Recorded[] = []
    const answer = await watched(
      { endpoint, params: served.input['params'], ...served },
      () => handler.run(context(on.db, served, { lines }), served.input, undefined),
      on,
    )
    return tellLook({ endpoint, lines, ...served }, answer, on)
  }

  async function write(served: Served): Promise<unknown> {
    const { input, asker, facts, reply } = served
    const prepared = await handler.before?.(context(on.db, served), input)
    // That may have taken a while: whose session ended meanwhile does nothing with it any more.
    if (handler.before && endpoint.may !== 'anyone' && !(await whoIs(reply.request.door, facts, on)))
      throw new Platform('signed_out')
    const afterwards: (() => void)[] = []
    const begin = on.db.transaction()
    const onlyLooks = isToLookOnly(asker) && endpoint.impersonated !== 'own'
    const answer = await (onlyLooks ? begin.setAccessMode('read only') : begin).execute(async (db) => {
      const lines: Recorded[] = []
      const answered = await handler.run(context(db, served, { lines, afterwards }), input, prepared)
      // A write without its line in the log is a bug, and so is one with two: neither commits.
      const line = oneLine(lines, endpoint)
      await on.strangers.writeDown(db, {
        verb: endpoint.records ?? '',
        line,
        actor: asker,
        request: facts,
        news: news(line.id, asker),
      })
      return answered
    })
    for (const work of afterwards) work()
    return answer
  }

  function context(
    db: CentralDb,
    { asker, facts, reply }: Served,
    { lines = [], afterwards = [] }: { lines?: Recorded[]; afterwards?: (() => void)[] } = {},
  ): Context {
    const nobody = (who: string): never => {
      throw new Error(`${endpoint.path} was asked by no ${who}`)
    }
    const [actor, member] = [staffIn(asker), memberIn(asker)]
    return {
      db,
      clock: on.clock,
      request: facts,
      actorIfAny: actor,
      memberIfAny: member,
      get actor() {
        return actor ?? nobody('staff member')
      },
      get member() {
        return member ?? nobody('member')
      },
      record: (line) => void lines.push(line),
      tell: (whisper) => tell(db, whisper),
      afterCommit: (work) => void afterwards.push(work),
      setCookie: (name, value, { maxAgeSeconds }) => {
        const set = () => setCookie(reply, { name, value, maxAgeSeconds }, on.secureCookies)
        // A browser is not signed out, nor in, by what was rolled back.
        if (writes) afterwards.push(set)
        else set()
      },
    }
  }

  return (served) =>
    (writes ? write : read)(served).catch((error: unknown) =>
      tellRefusal({ endpoint, params: served.input['params'], ...served }, asRefused(error, served), on),
    )

  /** 25006: what the transaction of whoever only looks is held to. */
  function asRefused(error: unknown, { asker }: Served): unknown {
    const isHeld = pgCode(error) === '25006' && isToLookOnly(asker)
    return isHeld ? new Platform('impersonation_read_only', { cause: error }) : error
  }
}
