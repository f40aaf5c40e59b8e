import { randomUUID } from 'node:crypto'
import * as clients from '#contract/clients'
import { partnerSignedIn } from '../../harness/partner.ts'
import type { RefusalStory } from './story.ts'

export const refusals: RefusalStory[] = [
  {
    endpoint: clients.createClient,
    refusal: clients.clientOutsideLimits,
    async tell(server) {
      const { browser } = await partnerSignedIn(server, {
        permissions: ['clients.write'],
        limits: [{ kind: 'client', values: [randomUUID()] }],
      })
      const body = {
        kind: 'practitioner' as const,
        status: 'prospect' as const,
        lastName: 'Arnaud',
        email: `roxane.${randomUUID()}@example.com`,
      }
      return { as: browser, input: { body } }
    },
  },
]
