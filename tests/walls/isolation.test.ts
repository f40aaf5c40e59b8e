/** One practice's data never reaches another's people, whatever comes between: caches, waits, streams, files, mails, logs. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Tenants } from '#server/tenancy'
import { openLog } from '#platform/server/log.ts'
import type { MemberActor } from '#platform/server/requests.ts'
import { openTenantDatabases, type TenantDatabases } from '#platform/server/tenant-db.ts'
import { oldestServed } from '../../modules/tenancy/server/versions.ts'
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

describe('a server that is broken on purpose turns that red:', () => {
  type Place = ReturnType<Tenants['catalogue']['locate']>
  type Breakage = {
    locate?: (own: Tenants['catalogue'], tenantId: string) => Place
    reading?: (own: TenantDatabases['reading']) => TenantDatabases['reading']
    whichMember?: (own: MemberActor | null) => MemberActor | null
  }
  let breakage: Breakage = {}
  const breakTenants = (own: Tenants): Tenants => {
    const databases = openTenantDatabases({
      locate: (tenantId) => breakage.locate?.(own.catalogue, tenantId) ?? own.catalogue.locate(tenantId),
      cap: 4,
      served: { oldest: oldestServed, current: own.schema.current },
      log: openLog('silent'),
    })
    const reading: TenantDatabases['reading'] = (...asked) =>
      (breakage.reading?.(databases.reading) ?? databases.reading)(...asked)
    const close = async () => void (await Promise.all([databases.close(), own.close()]))
    return { ...own, databases: { ...databases, reading }, close }
  }
  const broken = server.another({
    tenants: breakTenants,
    strangers: (own) => ({
      ...own,
      async whichMember(...asked) {
        const member = await own.whichMember(...asked)
        return breakage.whichMember ? breakage.whichMember(member) : member
      },
    }),
  })
  beforeAll(async () => void (await (await broken).app.listen({ port: 0, host: '127.0.0.1' })))

  async function leaksWith(what: Breakage) {
    breakage = what
    const speakTo = speaker((await broken).app)
    const leaks = await interleave({ speak: speakTo, gates }, people, 30)
    speakTo.close()
    return { leaks, ofOthers: leaks.filter((leak) => canaries.some((canary) => leak.includes(canary))) }
  }

  const canaries = [claire, hugo, ines].map(({ name }) => name)
  const other = (tenantId: string) => (tenantId === claire.tenantId ? hugo.tenantId : claire.tenantId)
  const nowAndThen = () => {
    let asked = 0
    return () => ++asked % 5 === 0
  }

  test('not at all, as long as nothing is broken', async () => {
    expect(await leaksWith({})).toEqual({ leaks: [], ofOthers: [] })
  })

  test('the catalogue answers with another practice now and then', async () => {
    const wrong = nowAndThen()
    const { leaks, ofOthers } = await leaksWith({
      locate: (catalogue, id) => catalogue.locate(wrong() ? other(id) : id),
    })
    expect(leaks.length).toBeGreaterThan(0)
    // Found out before anybody was connected: an error, and nobody's data.
    expect(ofOthers).toEqual([])
  })

  test('the catalogue says one practice’s database is another’s', async () => {
    const wrong = nowAndThen()
    const { leaks, ofOthers } = await leaksWith({
      async locate(catalogue, id) {
        const place = await catalogue.locate(wrong() ? other(id) : id)
        return place && { ...place, tenantId: id }
      },
    })
    expect(leaks.length).toBeGreaterThan(0)
    // The database itself says whose it is.
    expect(ofOthers).toEqual([])
  })

  test('the keeper of connections hands out one that is open to another practice', async () => {
    const wrong = nowAndThen()
    const { ofOthers } = await leaksWith({
      reading: (reading) => (id, role) => reading(wrong() ? other(id) : id, role),
    })
    expect(ofOthers.length).toBeGreaterThan(0)
  })

  test('it hands a secretary one of a practitioner', async () => {
    const { leaks } = await leaksWith({ reading: (reading) => (id) => reading(id, 'practitioner') })
    expect(leaks).toContainEqual(expect.stringContaining(`${hugo.loginRole}_practitioner`))
  })

  test('sessions are mistaken for the one before', async () => {
    const wrong = nowAndThen()
    let last: MemberActor | null = null
    const { ofOthers } = await leaksWith({
      whichMember(member) {
        const answer = wrong() ? (last ?? member) : member
        last = member
        return answer
      },
    })
    expect(ofOthers.length).toBeGreaterThan(0)
  })
})
