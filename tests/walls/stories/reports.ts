/** What is taken along of the help desk: who took which tickets is written down. */
import { exportReport, exportTickets } from '#contract/support'
import type { LookStory } from './story.ts'

export const looks: LookStory[] = [
  {
    endpoint: exportReport,
    tell: async (server) => ({
      as: await server.as('direction'),
      input: { params: { table: 'agents' }, query: {} },
    }),
  },
  {
    endpoint: exportTickets,
    tell: async (server) => ({ as: await server.as('direction'), input: { query: { queue: 'all' } } }),
  },
]
