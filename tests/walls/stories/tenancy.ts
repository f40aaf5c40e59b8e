import { randomBytes, randomUUID } from 'node:crypto'
import pg from 'pg'
import * as tenancy from '#contract/tenancy'
import type { AnyEndpoint } from '#platform/contract/endpoint.ts'
import type { AnyInput } from '../../harness/browserless.ts'
import type { TenancyServer } from '../../harness/tenants.ts'
import { readSchema } from '../../../modules/tenancy/server/versions.ts'
import type { Call, RefusalStory, WriteStory } from './story.ts'

const { current } = readSchema()

const top = (server: TenancyServer) => server.as('super_administrator')
const reason = 'Demande du client'
const opaque = () => `t_${randomBytes(8).toString('hex')}`

async function client(server: TenancyServer, over: { trashedAt?: Date } = {}) {
  const email = `client.${randomUUID()}@example.com`
  const said = { kind: 'practitioner', status: 'active', firstName: 'Roxane', lastName: 'Arnaud', email }
  return server.db
    .insertInto('clients')
    .values({ ...said, ...over })
    .returning('id')
    .executeTakeFirstOrThrow()
}

const name = 'Cabinet de Roxane Arnaud'

/** As far as the catalogue goes: no database stands behind it, which none of these stories asks. */
async function tenant(server: TenancyServer, state: tenancy.TenantState = 'active') {
  const cluster = await server.db.selectFrom('clusters').select('id').executeTakeFirstOrThrow()
  const sealed = state === 'purged' ? null : randomBytes(60)
  const { id } = await server.db
    .insertInto('tenants')
    .values({
      name,
      state,
      stateBefore: state === 'moving' ? 'active' : null,
      kind: 'practitioner',
      clusterId: cluster.id,
      clientId: (await client(server)).id,
      databaseName: opaque(),
      loginRole: opaque(),
      loginSecretSealed: sealed,
      keySealed: sealed,
      schemaVersion: current,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return { id, clusterId: cluster.id }
}

/** Something is being done to it, by somebody who holds it until the tests are over. */
async function busyTenant(server: TenancyServer) {
  const one = await tenant(server)
  const held = randomUUID()
  const holder = new pg.Client(server.database.appUrl)
  holder.on('error', () => {})
  await holder.connect()
  await holder.query("select pg_advisory_lock(hashtextextended('tenant work ' || $1, 0))", [held])
  await server.db
    .insertInto('tenantWorks')
    .values({ id: held, tenantId: one.id, kind: 'backup', state: 'running', step: 'archive' })
    .execute()
  return one
}

async function backup(server: TenancyServer, tenantId: string, removedAt: Date | null = null) {
  const id = randomUUID()
  await server.db
    .insertInto('tenantBackups')
    .values({
      id,
      tenantId,
      removedAt,
      madeAt: new Date(),
      schemaVersion: current,
      storageKey: `${tenantId}/${id}`,
      bytes: 1,
      sha256: Buffer.alloc(32),
      rowsByTable: '{}',
    })
    .execute()
  return id
}

async function spare(server: TenancyServer, { id: tenantId, clusterId }: { id: string; clusterId: string }) {
  const databaseName = opaque()
  await server.db
    .insertInto('tenantSpares')
    .values({
      databaseName,
      tenantId,
      clusterId,
      loginRole: opaque(),
      loginSecretSealed: randomBytes(60),
      origin: 'restored',
      rowsByTable: '{}',
      dropAfter: new Date(Date.now() + 7 * 86_400_000),
    })
    .execute()
  return databaseName
}

/** Another one, which nobody would be sent to by chance. */
async function cluster(server: TenancyServer, capacity = 1) {
  const named = `beside-${randomBytes(4).toString('hex')}`
  const address = 'postgres://127.0.0.1:1'
  return server.db
    .insertInto('clusters')
    .values({ name: named, address, provisionerUrlSealed: randomBytes(60), state: 'closed', capacity })
    .returning('id')
    .executeTakeFirstOrThrow()
}

async function behindTenant(server: TenancyServer) {
  const { id } = await tenant(server)
  await server.db.updateTable('tenants').set({ schemaVersion: 1 }).where('id', '=', id).execute()
}

async function migration(server: TenancyServer, state: 'running' | 'done') {
  const endedAt = state === 'done' ? new Date() : null
  await server.db
    .updateTable('fleetMigrations')
    .set({ state: 'done', endedAt: new Date() })
    .where('state', 'in', ['waiting', 'running'])
    .execute()
  return server.db
    .insertInto('fleetMigrations')
    .values({ toVersion: 2, state, startedAt: new Date(), endedAt })
    .returning('id')
    .executeTakeFirstOrThrow()
}

/** As before any cluster was known. */
async function withoutClusters(server: TenancyServer): Promise<Call['as']> {
  const behind = async (...statements: string[]) => {
    const admin = new pg.Client(server.database.adminUrl)
    await admin.connect()
    // Tenants point at them.
    await admin.query('set session_replication_role = replica')
    for (const statement of statements) await admin.query(statement)
    await admin.end()
  }
  const as = await top(server)
  return {
    ...as,
    async ask(endpoint: AnyEndpoint, input?: AnyInput) {
      await behind('create table set_aside as table clusters', 'delete from clusters')
      try {
        return await as.ask(endpoint, input)
      } finally {
        await behind('insert into clusters table set_aside', 'drop table set_aside')
      }
    },
  }
}

type Tenant = Awaited<ReturnType<typeof tenant>>

/** What is asked of one tenant. */
type Act = {
  endpoint: AnyEndpoint
  input(server: TenancyServer, on: Tenant): Promise<AnyInput> | AnyInput
  /** In which state it is refused; in which it is done, unless it is active. */
  refusedIn?: tenancy.TenantState
  doneIn?: tenancy.TenantState
  busy?: boolean
}

const acts: Act[] = [
  {
    endpoint: tenancy.suspendTenant,
    input: (_, { id }) => ({ params: { id }, body: { reason } }),
    refusedIn: 'suspended',
    busy: true,
  },
  {
    endpoint: tenancy.resumeTenant,
    input: (_, { id }) => ({ params: { id } }),
    refusedIn: 'active',
    doneIn: 'suspended',
  },
  {
    endpoint: tenancy.chooseCanary,
    input: (_, { id }) => ({ params: { id }, body: { canary: true } }),
    refusedIn: 'purged',
  },
  {
    endpoint: tenancy.exportTenant,
    input: (_, { id }) => ({ params: { id }, body: { reason } }),
    refusedIn: 'purged',
  },
  {
    endpoint: tenancy.backUpTenant,
    input: (_, { id }) => ({ params: { id } }),
    refusedIn: 'moving',
    busy: true,
  },
  {
    endpoint: tenancy.restoreTenant,
    input: async (server, { id }) => ({
      params: { id },
      body: { backupId: await backup(server, id), reason },
    }),
    refusedIn: 'moving',
    busy: true,
  },
  {
    endpoint: tenancy.switchTenant,
    input: async (server, on) => ({
      params: { id: on.id },
      body: { databaseName: await spare(server, on), reason },
    }),
    refusedIn: 'moving',
    busy: true,
  },
  {
    endpoint: tenancy.dropSpare,
    input: async (server, on) => ({ params: { id: on.id, databaseName: await spare(server, on) } }),
    busy: true,
  },
  {
    endpoint: tenancy.moveTenant,
    input: async (server, { id }) => {
      const { id: clusterId } = await cluster(server)
      await server.db.updateTable('clusters').set({ state: 'open' }).where('id', '=', clusterId).execute()
      return { params: { id }, body: { clusterId } }
    },
    refusedIn: 'provisioning',
    busy: true,
  },
  {
    endpoint: tenancy.purgeTenant,
    input: (_, { id }) => ({ params: { id }, body: { name, reason } }),
    refusedIn: 'moving',
    busy: true,
  },
]

export const writes: WriteStory[] = [
  ...acts.map(({ endpoint, input, doneIn }) => ({
    endpoint,
    tell: async (server: TenancyServer) => ({
      as: await top(server),
      input: await input(server, await tenant(server, doneIn)),
    }),
  })),
  {
    endpoint: tenancy.openTenant,
    tell: async (server) => ({
      as: await server.as('sales'),
      input: { body: { clientId: (await client(server)).id } },
    }),
  },
  {
    endpoint: tenancy.updateCluster,
    tell: async (server) => ({
      as: await top(server),
      input: { params: { id: (await cluster(server)).id }, body: { capacity: 20 } },
    }),
  },
  {
    endpoint: tenancy.startMigration,
    async tell(server) {
      await behindTenant(server)
      return { as: await top(server), input: { body: {} } }
    },
  },
  {
    endpoint: tenancy.stopMigration,
    tell: async (server) => ({
      as: await top(server),
      input: { params: { id: (await migration(server, 'running')).id } },
    }),
  },
  { endpoint: tenancy.checkDrift, tell: async (server) => ({ as: await top(server) }) },
]

export const refusals: RefusalStory[] = [
  ...acts.flatMap(({ endpoint, input, refusedIn, busy }) => [
    ...(refusedIn === undefined
      ? []
      : [
          {
            endpoint,
            refusal: tenancy.tenantStateWrong,
            tell: async (server: TenancyServer) => ({
              as: await top(server),
              input: await input(server, await tenant(server, refusedIn)),
            }),
          },
        ]),
    ...(busy
      ? [
          {
            endpoint,
            refusal: tenancy.tenantBusy,
            tell: async (server: TenancyServer) => ({
              as: await top(server),
              input: await input(server, await busyTenant(server)),
            }),
          },
        ]
      : []),
  ]),
  {
    endpoint: tenancy.openTenant,
    refusal: tenancy.clientHasTenant,
    async tell(server) {
      const { id } = await tenant(server)
      const { clientId } = await server.db
        .selectFrom('tenants')
        .where('id', '=', id)
        .select('clientId')
        .executeTakeFirstOrThrow()
      return { as: await top(server), input: { body: { clientId } } }
    },
  },
  {
    endpoint: tenancy.openTenant,
    refusal: tenancy.clientUnfit,
    tell: async (server) => ({
      as: await top(server),
      input: { body: { clientId: (await client(server, { trashedAt: new Date() })).id } },
    }),
  },
  {
    endpoint: tenancy.openTenant,
    refusal: tenancy.noRoomForTenant,
    tell: async (server) => ({
      as: await top(server),
      input: { body: { clientId: (await client(server)).id, cluster: (await cluster(server)).id } },
    }),
  },
  {
    endpoint: tenancy.openTenant,
    refusal: tenancy.provisioningUnavailable,
    tell: async (server) => ({
      as: await withoutClusters(server),
      input: { body: { clientId: (await client(server)).id } },
    }),
  },
  {
    endpoint: tenancy.startMigration,
    refusal: tenancy.provisioningUnavailable,
    tell: async (server) => ({ as: await withoutClusters(server), input: { body: {} } }),
  },
  {
    endpoint: tenancy.checkDrift,
    refusal: tenancy.provisioningUnavailable,
    tell: async (server) => ({ as: await withoutClusters(server) }),
  },
  {
    endpoint: tenancy.startMigration,
    refusal: tenancy.nothingToMigrate,
    async tell(server) {
      await server.db
        .updateTable('tenants')
        .set({ schemaVersion: current })
        .where('schemaVersion', '<', current)
        .execute()
      return { as: await top(server), input: { body: {} } }
    },
  },
  {
    endpoint: tenancy.startMigration,
    refusal: tenancy.migrationUnderWay,
    async tell(server) {
      await behindTenant(server)
      await migration(server, 'running')
      return { as: await top(server), input: { body: {} } }
    },
  },
  {
    endpoint: tenancy.stopMigration,
    refusal: tenancy.migrationOver,
    tell: async (server) => ({
      as: await top(server),
      input: { params: { id: (await migration(server, 'done')).id } },
    }),
  },
  {
    endpoint: tenancy.restoreTenant,
    refusal: tenancy.backupGone,
    async tell(server) {
      const { id } = await tenant(server)
      const backupId = await backup(server, id, new Date())
      return { as: await top(server), input: { params: { id }, body: { backupId, reason } } }
    },
  },
  {
    endpoint: tenancy.moveTenant,
    refusal: tenancy.clusterUnfit,
    async tell(server) {
      const { id, clusterId } = await tenant(server)
      return { as: await top(server), input: { params: { id }, body: { clusterId } } }
    },
  },
  {
    endpoint: tenancy.purgeTenant,
    refusal: tenancy.nameMismatch,
    async tell(server) {
      const { id } = await tenant(server)
      return { as: await top(server), input: { params: { id }, body: { name: 'Cabinet', reason } } }
    },
  },
]
