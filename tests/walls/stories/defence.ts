import {
  endEveryonesSessions,
  endOtherSessions,
  endOwnSession,
  liftBlock,
  listOwnSessions,
} from '#contract/identity'
import { sql } from '#platform/server/db.ts'
import { lucieSignedIn } from '../../harness/newcomer.ts'
import type { TestServer } from '../../harness/server.ts'
import type { WriteStory } from './story.ts'

/** An address blocked a moment ago. */
async function blockedAddress(server: TestServer): Promise<string> {
  const { rows } = await sql<{ id: string }>`
    insert into address_blocks (network, reason, until)
    values ('2001:db8:bad:1::/64', 'too_many_failures', now() + interval '15 minutes') returning id`.execute(
    server.db,
  )
  return rows[0]?.id ?? ''
}

export const writes: WriteStory[] = [
  {
    endpoint: endOwnSession,
    async tell(server) {
      const { browser } = await lucieSignedIn(server)
      const { rows } = await browser.call(listOwnSessions)
      return { as: browser, input: { params: { id: rows[0]?.id } } }
    },
  },
  { endpoint: endOtherSessions, tell: async (server) => ({ as: (await lucieSignedIn(server)).browser }) },
  {
    endpoint: liftBlock,
    tell: async (server) => ({
      as: await server.as('super_administrator'),
      input: { params: { id: await blockedAddress(server) } },
    }),
  },
  {
    endpoint: endEveryonesSessions,
    async tell(server) {
      const { browser } = await lucieSignedIn(server, 'super_administrator')
      server.forgetSessions()
      return { as: browser }
    },
  },
]
