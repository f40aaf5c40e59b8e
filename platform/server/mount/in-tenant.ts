import { Platform } from '../errors.ts'
import type { Intended, MemberActor, Recorded, TenantContext, TenantHandler } from '../requests.ts'
import type { TenantDb } from '../tenant-db.ts'
import { isToLookOnly, memberIn, type Serve, type Served } from './serving.ts'
import type { Mounting } from './strangers.ts'
import { idIn, newsOf, objectOf, oneLine, tellLook, tellRefusal, watched } from './telling.ts'

/** What a handler recorded: of a write, beyond what was intended, what stood before and after. */
type Line = Parameters<TenantContext['record']>[0]

/**
 * Serves a member's endpoint in the database of their own practice, in the role they have there. Which practice that is
 * comes from the session alone. A read opens no transaction; a write is intent, change and outcome (decision 9).
 */
export function inTenant(handler: TenantHandler, on: Mounting): Serve {
  const { endpoint } = handler
  const name = `${endpoint.method} ${endpoint.path}`
  if (endpoint.realm !== 'member' || endpoint.may === 'anyone')
    throw new Error(`${name} acts in a practice, and only a member has one`)
  const news = newsOf(endpoint, on.topics)

  async function read(served: Served): Promise<unknown> {
    const member = memberOf(served)
    const lines: Line[] = []
    const answer = await watched(
      { endpoint, params: served.input['params'], ...served },
      () => lookedUp(served, member, lines),
      on,
    )
    const object = objectOf(endpoint)
    const id = idIn(served.input['params'])
    return tellLook(
      { endpoint, lines: lines.map((line) => ({ object, id, ...line })), ...served },
      answer,
      on,
    )
  }

  async function lookedUp(served: Served, member: MemberActor, lines: Line[]): Promise<unknown> {
    const db = await on.tenants.reading(member.tenantId, member.role, { held: isToLookOnly(member) })
    return handler.runInTenant(context(db, member, served, lines, []), served.input, {})
  }

  /** Whoever only looks gets as far as any member's write gets without writing, and then no further. */
  async function tryWriting(served: Served, member: MemberActor): Promise<never> {
    const { input, facts, asker } = served
    const { intended, line } = await intentOf(served, member)
    const params = input['params']
    try {
      await on.tenants.within(
        member.tenantId,
        member.role,
        (db) => handler.runInTenant(context(db, member, served, [], []), input, intended),
        { readOnly: true },
      )
      throw new Platform('impersonation_read_only')
    } catch (error) {
      await intended.takeBack?.().catch(() => undefined)
      const held = error instanceof Platform && error.code === 'tenant_read_only'
      return tellRefusal(
        { endpoint, params: params ?? { id: line.id }, asker, facts },
        held ? new Platform('impersonation_read_only', { cause: error }) : error,
        on,
      )
    }
  }

  async function write(served: Served): Promise<unknown> {
    const { input, facts } = served
    const member = memberOf(served)
    if (isToLookOnly(member)) return tryWriting(served, member)
    const { intended, line } = await intentOf(served, member)
    const afterwards: (() => void)[] = []
    let mayBeDone = false
    const performed = on.strangers.perform(
      { verb: endpoint.records ?? '', line, actor: member, request: facts, news: news(line.id, member) },
      async (db) => {
        const lines: Line[] = []
        const result = await handler.runInTenant(
          context(db, member, served, lines, afterwards),
          input,
          intended,
        )
        const { object = line.object, id = line.id, before, after } = oneLine(lines, endpoint)
        // The log has said already to what it happens.
        if (object !== line.object || id !== line.id)
          throw new Error(`${name} did something else than was intended`)
        mayBeDone = true
        return { before, after, result }
      },
    )
    const answer = await performed.catch(async (error: unknown) => {
      if (!mayBeDone) await intended.takeBack?.().catch(() => undefined)
      throw error
    })
    for (const work of afterwards) work()
    return answer
  }

  /** A refusal from here on is the outcome of an operation; before there was one, it is a line like any refusal. */
  async function intentOf(
    { input, facts, asker }: Served,
    member: MemberActor,
  ): Promise<{ intended: Intended; line: Recorded }> {
    const params = input['params']
    try {
      const intended = (await handler.intends?.({ clock: on.clock, request: facts, member }, input)) ?? {}
      const { object = objectOf(endpoint), id = idIn(params), reason, ticket } = intended
      return { intended, line: { object, id, reason, ticket } }
    } catch (error) {
      return tellRefusal({ endpoint, params, asker, facts }, error, on)
    }
  }

  const context = (
    db: TenantDb,
    member: MemberActor,
    { facts }: Served,
    lines: Line[],
    afterwards: (() => void)[],
  ): TenantContext => ({
    db,
    clock: on.clock,
    request: facts,
    member,
    record: (line) => void lines.push(line),
    afterCommit: (work) => void afterwards.push(work),
  })

  function memberOf({ asker }: Served): MemberActor {
    const member = memberIn(asker)
    if (!member) throw new Error(`${name} was asked by no member`)
    return member
  }

  return endpoint.method === 'GET' ? read : write
}
