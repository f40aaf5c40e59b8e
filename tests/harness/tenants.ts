/** A server with practices: each a database of its own on the real PostgreSQL, and somebody signed in to it. */
import { afterAll } from 'vitest'
import { comingAndGoing } from '#server/cabinet'
import { inviteMember, type Members } from '#server/identity'
import { openingAtOnce, openTenants, type Tenants } from '#server/tenancy'
import { insertMemberSession } from '../../modules/identity/server/members/session-queries.ts'
import { drop } from '../../modules/tenancy/server/life/closing.ts'
import { readMessages } from '../../apps/server/messages.ts'
import { systemClock } from '#platform/server/clock.ts'
import { openLog } from '#platform/server/log.ts'
import { openMail } from '#platform/server/mail.ts'
import { hashOf, newToken } from '#platform/server/random.ts'
import { sentencesOf } from '#platform/server/sentences.ts'
import { openBrowserless, type Browserless } from './browserless.ts'
import { testServer, type TestServer } from './server.ts'

type Profile = 'practitioner' | 'secretary'
type Person = { firstName: string; lastName: string; profile: Profile }

/** Somebody of a practice, signed in on the practice host. */
export type TestMember = Browserless & {
  memberId: string
  accountId: string
  tenantId: string
  email: string
}

export type TestPractice = {
  tenantId: string
  clientId: string
  name: string
  databaseName: string
  loginRole: string
  /** Whose practice it is. */
  holder: TestMember
  /** Lets somebody in: `await practice.join({ firstName: 'Léa', lastName: 'Fabre', profile: 'secretary' })`. */
  join(person: Person & { email?: string }): Promise<TestMember>
}

export type TenancyServer = TestServer & {
  /** As another process has them: nothing is shared with the server but the databases. */
  tenants: Tenants
  /** A client, and the practice that is opened for them: `await openPractice('Claire Moreau')`. On the roomiest cluster, or that one. */
  openPractice(whose?: string, kind?: Profile, cluster?: string): Promise<TestPractice>
  /** Somebody who is a member already, signed in (anew). */
  asMember(memberId: string): Promise<TestMember>
}

const names = [
  'Claire Moreau',
  'Hugo Lefèvre',
  'Inès Garnier',
  'Paul Rousseau',
  'Nadia Lambert',
  'Yves Caron',
]

export async function tenancyServer(over: Parameters<typeof testServer>[0] = {}): Promise<TenancyServer> {
  // The server is told of the provisioner by its database's address.
  const server = await testServer({ ...over, withProvisioner: true })
  const { db, pool, vault, audit, database } = server
  const shared = { db, pool, vault, clock: over.clock ?? systemClock, log: openLog('silent') }
  const tenants = openTenants({ ...shared, cap: 8 })
  const mail = openMail({
    ...shared,
    config: { appEnv: 'test', smtpUrl: undefined, mailFrom: { name: 'Test', email: 'a@example.com' } },
    sentences: sentencesOf(readMessages()),
    jobs() {
      throw new Error('what is captured needs no queue')
    },
  })
  const practiceUrl = new URL('http://app.localhost:3000')
  const invite: Members['invite'] = (transaction, invitation) =>
    inviteMember({ mail, practiceUrl, clock: shared.clock }, transaction, invitation)
  const open = await openingAtOnce({
    ...shared,
    tenants,
    audit,
    inviteHolder: invite,
    provisionerUrl: database.provisionerUrl,
  })
  const made: { clusterId: string; databaseName: string; loginRole: string }[] = []
  // Before the server goes, and its central database: afterAll runs in reverse order.
  afterAll(async () => {
    await tenants.databases.close()
    for (const { clusterId, databaseName, loginRole } of made) {
      const provisioner = await tenants.clusters.provisioner(clusterId)
      // The server may still be connected: it closes after this.
      await provisioner.run((client) => drop(client, { databaseName, loginRole }))
    }
    await tenants.close()
  })

  async function asMember(memberId: string): Promise<TestMember> {
    const member = await db
      .selectFrom('members')
      .innerJoin('memberAccounts', 'memberAccounts.id', 'members.accountId')
      .where('members.id', '=', memberId)
      .select([
        'members.id as memberId',
        'accountId',
        'tenantId',
        'profile',
        'email',
        'firstName',
        'lastName',
      ])
      .executeTakeFirstOrThrow()
    // What signing in does, without a password to be hashed: those tests stand with the signing in.
    await comingAndGoing(tenants.databases).enterPractice(member)
    const token = newToken()
    const now = shared.clock.now()
    await insertMemberSession(db, {
      memberId,
      tokenHash: hashOf(token),
      createdAt: now,
      begunAt: now,
      expiresAt: new Date(now.getTime() + 12 * 3_600_000),
      steppedUpAt: now,
      factor: null,
      ip: '127.0.0.1',
      userAgent: 'tests',
    })
    const browser = openBrowserless(server.app, 'app.localhost:3000', '127.0.0.1', {
      mgp_member_session: token,
    })
    const { accountId, tenantId, email } = member
    return { ...browser, memberId, accountId, tenantId, email }
  }

  async function openPractice(
    whose?: string,
    kind: Profile = 'practitioner',
    cluster?: string,
  ): Promise<TestPractice> {
    const [firstName = '', ...rest] = (whose ?? names[made.length % names.length] ?? '').split(' ')
    const client = await db
      .insertInto('clients')
      .values({
        kind,
        status: 'active',
        email: `client-${newToken().slice(0, 12).toLowerCase()}@example.com`,
        firstName,
        lastName: rest.join(' '),
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    const { tenantId, name } = await open({ clientId: client.id, askedBy: null, cluster })
    const place = await tenants.catalogue.locate(tenantId)
    if (!place) throw new Error('the practice that was just opened is not in the catalogue')
    const { clusterId, databaseName, loginRole } = place
    made.push({ clusterId, databaseName, loginRole })
    const holder = await db
      .selectFrom('members')
      .where('tenantId', '=', tenantId)
      .where('holder', '=', true)
      .select('id')
      .executeTakeFirstOrThrow()
    return {
      tenantId,
      clientId: client.id,
      name,
      databaseName,
      loginRole,
      holder: await asMember(holder.id),
      async join(person) {
        const email = person.email ?? `member-${newToken().slice(0, 12).toLowerCase()}@example.com`
        const invited = await invite(db, {
          ...person,
          email,
          tenantId,
          practice: name,
          language: 'fr',
          by: null,
        })
        return asMember(invited.memberId)
      },
    }
  }

  return { ...server, tenants, openPractice, asMember }
}
