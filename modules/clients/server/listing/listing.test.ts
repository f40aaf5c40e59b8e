import { expect, test } from 'vitest'
import { createClient, listClients, clientTotals } from '#contract/clients'
import { testServer } from '../../../../tests/harness/server.ts'

const server = await testServer()
test('smoke', async () => {
  const support = await server.as('support')
  const made = await support.call(createClient, {
    body: {
      kind: 'practitioner',
      status: 'active',
      lastName: "D'Aubigné",
      firstName: 'Zoé',
      email: 'Zoe@Example.com',
      phone: '06 39 98 01 02',
      department: '2a',
      siret: '',
    },
  })
  expect(made).toMatchObject({
    email: 'zoe@example.com',
    phone: '+33639980102',
    department: '2A',
    siret: null,
  })
  for (const sort of [
    'name',
    '-name',
    'nextPayment',
    '-nextPayment',
    'lastSignIn',
    '-lastSignIn',
    'created',
    '-created',
    'relevance',
  ] as const)
    for (const q of ['', 'aubigne', 'aubgine', 'aubgi zo', 'example.com'])
      expect((await support.call(listClients, { query: { sort, q, status: ['active'] } })).rows.length).toBe(
        1,
      )
  console.log(await support.call(clientTotals))
})
