/** One practice's data never reaches another's people, whatever comes between: caches, waits, streams, files, mails, logs. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { tenancyServer } from '../harness/tenants.ts'
import { interleave, probing, speaker, type Insider } from './leaks.ts'

const long = process.env['TEST_LONG'] === '1'
const gates = probing()
// Fewer connections than there are practices and roles: somebody's is always closed for somebody else's.
const server = await tenancyServer({ handlers: [gates.handler], env: { TENANT_CONNECTIONS: '4' } })
const speak = speaker(server.app)

const claire = await server.openPractice('Claire Moreau')
const hugo = await server.openPractice('Hugo Lefèvre')
const ines = await server.openPractice('Inès Garnier')
const lea = await hugo.join({ firstName: 'Léa', lastName: 'Fabre', profile: 'secretary' })

const insider = (practice: typeof claire, member: typeof lea, profile: string): Insider => ({
  cookie: member.cookie(),
  database: practice.databaseName,
  login: `${practice.loginRole}_${profile}`,
  canary: practice.name,
})
const people = [
  insider(claire, claire.holder, 'practitioner'),
  insider(hugo, hugo.holder, 'practitioner'),
  insider(ines, ines.holder, 'practitioner'),
  insider(hugo, lea, 'secretary'),
]

beforeAll(() => server.app.listen({ port: 0, host: '127.0.0.1' }))
afterAll(() => speak.close())

test('two requests at a time, the slower begun first and ended last, are each served from their own database', async () => {
  expect(await interleave({ speak, gates }, people, long ? 1_000 : 60)).toEqual([])
})
