import * as audit from '#contract/audit'
import type { TestServer } from '../../harness/server.ts'
import type { LookStory, RefusalStory, WriteStory } from './story.ts'

const compliance = (server: TestServer) => server.as('compliance')
const query = { result: 'refused' }

const search = async (server: TestServer, name: string) =>
  (await compliance(server)).call(audit.saveAuditSearch, { body: { name, query } })

export const writes: WriteStory[] = [
  {
    endpoint: audit.saveAuditSearch,
    tell: async (server) => ({ as: await compliance(server), input: { body: { name: 'Mes refus', query } } }),
  },
  {
    endpoint: audit.replaceAuditSearch,
    async tell(server) {
      const { id } = await search(server, 'À remplacer')
      const body = { name: 'Remplacée', query: {} }
      return { as: await compliance(server), input: { params: { id }, body } }
    },
  },
  {
    endpoint: audit.deleteAuditSearch,
    async tell(server) {
      const { id } = await search(server, 'À oublier')
      return { as: await compliance(server), input: { params: { id } } }
    },
  },
  {
    endpoint: audit.startAuditExport,
    tell: async (server) => ({
      as: await compliance(server),
      input: { body: { format: 'csv', filter: { verb: 'client.updated' } } },
    }),
  },
]

export const looks: LookStory[] = [
  {
    endpoint: audit.countAuditEntries,
    tell: async (server) => ({ as: await server.as('auditor'), input: { query: { q: 'facturation' } } }),
  },
]

export const refusals: RefusalStory[] = [
  {
    endpoint: audit.saveAuditSearch,
    refusal: audit.searchNameTaken,
    async tell(server) {
      await search(server, 'Prise')
      return { as: await compliance(server), input: { body: { name: 'Prise', query } } }
    },
  },
  {
    endpoint: audit.replaceAuditSearch,
    refusal: audit.searchNameTaken,
    async tell(server) {
      await search(server, 'Occupée')
      const { id } = await search(server, 'Libre')
      const body = { name: 'Occupée', query }
      return { as: await compliance(server), input: { params: { id }, body } }
    },
  },
  {
    endpoint: audit.saveAuditSearch,
    refusal: audit.searchLimitReached,
    async tell(server) {
      const auditor = await server.as('auditor')
      for (let n = 0; n < audit.searchLimit; n++)
        await auditor.call(audit.saveAuditSearch, { body: { name: `Recherche ${n}`, query } })
      return { as: auditor, input: { body: { name: 'Une de trop', query } } }
    },
  },
]
