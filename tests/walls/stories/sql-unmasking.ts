/** Seeing identities in the SQL console for a while. */
import * as sql from '#contract/sql-console'
import { author, second } from '../../harness/sql.ts'
import type { TenancyServer } from '../../harness/tenants.ts'
import { opened, opening } from '../../harness/unmasking.ts'
import type { RefusalStory, WriteStory } from './story.ts'

/** Nobody has one open. */
async function nobodySees({ db }: TenancyServer): Promise<void> {
  await db
    .updateTable('sqlUnmaskings')
    .set({ endedAt: new Date(), endedBy: 'time' })
    .where('endedAt', 'is', null)
    .execute()
}

async function seeing(server: TenancyServer) {
  await nobodySees(server)
  const as = await author(server)
  const { id } = await opened(as)
  return { as, id }
}

export const writes: WriteStory[] = [
  {
    endpoint: sql.openSqlUnmasking,
    async tell(server) {
      await nobodySees(server)
      const as = await author(server)
      return { as, input: { body: await opening(as) } }
    },
  },
  {
    endpoint: sql.endSqlUnmasking,
    async tell(server) {
      const { as, id } = await seeing(server)
      return { as, input: { params: { id } } }
    },
  },
]

export const refusals: RefusalStory[] = [
  {
    endpoint: sql.openSqlUnmasking,
    refusal: sql.unmaskingOpen,
    async tell(server) {
      const { as } = await seeing(server)
      return { as, input: { body: await opening(as, { minutes: 5 }) } }
    },
  },
  {
    endpoint: sql.openSqlUnmasking,
    refusal: sql.targetNotReady,
    async tell(server) {
      await nobodySees(server)
      const as = await author(server)
      const { tenantId } = await server.openPractice('Sarah Vidal')
      await server.db
        .updateTable('tenants')
        .set({ state: 'moving', stateBefore: 'active' })
        .where('id', '=', tenantId)
        .execute()
      return { as, input: { body: await opening(as, { target: tenantId }) } }
    },
  },
  {
    endpoint: sql.endSqlUnmasking,
    refusal: sql.unmaskingOver,
    async tell(server) {
      const { id } = await seeing(server)
      await nobodySees(server)
      return { as: await second(server), input: { params: { id } } }
    },
  },
]
