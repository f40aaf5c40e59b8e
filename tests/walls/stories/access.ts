import { randomUUID } from 'node:crypto'
import * as access from '#contract/access'
import type { AnyEndpoint } from '#platform/contract/endpoint.ts'
import { colleague, madeRole, roleId } from '../../harness/made-roles.ts'
import type { TestServer } from '../../harness/server.ts'
import type { Call, RefusalStory, WriteStory } from './story.ts'

const top = (server: TestServer) => server.as('super_administrator')
const limits = { departments: [], clients: [], own: false }
const partner = () => ({
  name: `Partenaire ${randomUUID()}`,
  description: null,
  level: 10,
  limits,
  permissions: ['clients.read'],
})

/** Gives a permission to a role, as the top unless somebody else is named. */
async function giving(server: TestServer, role: string, permission: string, as?: Call['as']): Promise<Call> {
  const { revision } = await (await top(server)).call(access.getMatrix)
  return {
    as: as ?? (await top(server)),
    input: { body: { revision, changes: [{ role, add: [permission] }] } },
  }
}

const role = (server: TestServer, of: Parameters<typeof madeRole>[1] = { level: 10 }) =>
  madeRole(server.db, of)

/** Who may manage roles below 60, and otherwise only see clients in Moselle. */
async function mallory(server: TestServer) {
  return colleague(
    server,
    await role(server, { level: 60, permissions: ['roles.read', 'roles.manage'] }),
    await role(server, { level: 1, permissions: ['clients.read'], departments: ['57'] }),
  )
}

export const writes: WriteStory[] = [
  {
    endpoint: access.saveMatrix,
    tell: async (server) => giving(server, (await role(server)).id, 'clients.read'),
  },
  {
    endpoint: access.createRole,
    tell: async (server) => ({ as: await top(server), input: { body: partner() } }),
  },
  {
    endpoint: access.updateRole,
    tell: async (server) => ({
      as: await top(server),
      input: { params: { id: (await role(server)).id }, body: { level: 12 } },
    }),
  },
  {
    endpoint: access.deleteRole,
    tell: async (server) => ({
      as: await top(server),
      input: { params: { id: (await role(server)).id } },
    }),
  },
]

const refused = (endpoint: AnyEndpoint, refusal: RefusalStory['refusal'], tell: RefusalStory['tell']) => ({
  endpoint,
  refusal,
  tell,
})

export const refusals: RefusalStory[] = [
  refused(access.saveMatrix, access.matrixChanged, async (server) => {
    const late = await giving(server, (await role(server)).id, 'clients.read')
    const first = await giving(server, (await role(server)).id, 'clients.read')
    await first.as.ask(access.saveMatrix, first.input)
    return late
  }),
  refused(access.saveMatrix, access.permissionNotYours, async (server) =>
    giving(server, (await role(server)).id, 'mail.read', await mallory(server)),
  ),
  refused(access.saveMatrix, access.roleAboveYours, async (server) =>
    giving(server, await roleId(server.db, 'administrator'), 'clients.read', await mallory(server)),
  ),
  refused(access.saveMatrix, access.roleFixed, async (server) =>
    giving(server, await roleId(server.db, 'super_administrator'), 'clients.read'),
  ),
  refused(access.saveMatrix, access.permissionNotLimitable, async (server) =>
    giving(server, (await role(server, { level: 10, departments: ['57'] })).id, 'audit.read'),
  ),

  refused(access.createRole, access.permissionNotYours, async (server) => ({
    as: await mallory(server),
    input: { body: partner() },
  })),
  refused(access.createRole, access.roleAboveYours, async (server) => ({
    as: await mallory(server),
    input: { body: { ...partner(), level: 60, permissions: [] } },
  })),
  refused(access.createRole, access.permissionNotLimitable, async (server) => ({
    as: await top(server),
    input: { body: { ...partner(), permissions: ['audit.read'], limits: { ...limits, own: true } } },
  })),

  refused(access.updateRole, access.permissionNotYours, async (server) => ({
    as: await mallory(server),
    input: {
      params: {
        id: (await role(server, { level: 10, permissions: ['clients.read'], departments: ['57'] })).id,
      },
      body: { limits },
    },
  })),
  refused(access.updateRole, access.roleAboveYours, async (server) => ({
    as: await mallory(server),
    input: { params: { id: (await role(server)).id }, body: { level: 60 } },
  })),
  refused(access.updateRole, access.roleFixed, async (server) => ({
    as: await top(server),
    input: { params: { id: await roleId(server.db, 'sales') }, body: { level: 12 } },
  })),
  refused(access.updateRole, access.permissionNotLimitable, async (server) => ({
    as: await top(server),
    input: {
      params: { id: (await role(server, { level: 10, permissions: ['audit.read'] })).id },
      body: { limits: { ...limits, own: true } },
    },
  })),

  refused(access.deleteRole, access.roleAboveYours, async (server) => ({
    as: await mallory(server),
    input: { params: { id: (await role(server, { level: 60 })).id } },
  })),
  refused(access.deleteRole, access.roleFixed, async (server) => ({
    as: await top(server),
    input: { params: { id: await roleId(server.db, 'sales') } },
  })),
  refused(access.deleteRole, access.roleHeld, async (server) => {
    const held = await role(server)
    await colleague(server, held)
    return { as: await top(server), input: { params: { id: held.id } } }
  }),
]
