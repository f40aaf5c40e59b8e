import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { getMatrix, previewMatrix, saveMatrix, type RoleChange } from '#contract/access'
import { getSession } from '#contract/identity'
import { entriesOf } from '../../../../tests/harness/audit.ts'
import type { Browserless } from '../../../../tests/harness/browserless.ts'
import { colleague, madeRole, roleId } from '../../../../tests/harness/made-roles.ts'
import { lucieSignedIn } from '../../../../tests/harness/newcomer.ts'
import { testServer } from '../../../../tests/harness/server.ts'

const server = await testServer()
const { db } = server

async function save(as: Browserless, ...changes: Partial<RoleChange>[]) {
  const { revision } = await as.call(getMatrix)
  return as.call(saveMatrix, { body: { revision, changes: changes as RoleChange[] } })
}

async function refused(as: Browserless, ...changes: Partial<RoleChange>[]) {
  const { revision } = await as.call(getMatrix)
  return as.refused(saveMatrix, { body: { revision, changes: changes as RoleChange[] } })
}

const permissionsOf = async (role: string) => {
  const { roles } = await (await server.as('auditor')).call(getMatrix)
  return roles.find(({ id }) => id === role)?.permissions
}

test('the matrix shows roles from the top and says which of them, and which permissions, are one’s to change', async () => {
  const administrator = await server.as('administrator')
  const { roles, permissions } = await administrator.call(getMatrix)
  expect(roles.map(({ level }) => level)).toEqual(roles.map(({ level }) => level).toSorted((a, b) => b - a))
  const editable = Object.fromEntries(roles.map(({ key, editable }) => [key, editable]))
  expect(editable).toMatchObject({
    super_administrator: false,
    technical_administrator: false,
    administrator: false,
    direction: true,
    auditor: true,
  })
  expect(permissions.find(({ permission }) => permission === 'mail.read')).toMatchObject({
    module: 'mail',
    grantable: false,
  })
  expect(permissions.find(({ permission }) => permission === 'clients.read')).toMatchObject({
    grantable: true,
    limitable: true,
    stepUp: false,
  })
  expect(permissions.find(({ permission }) => permission === 'roles.manage')).toMatchObject({ stepUp: true })
  const auditor = await (await server.as('auditor')).call(getMatrix)
  expect(auditor.roles.some(({ editable }) => editable)).toBe(false)
})

test('saving gives and takes at once, on sessions that are open, with one line in the log', async () => {
  const role = await madeRole(db, { level: 10, permissions: ['clients.read'] })
  const ines = await colleague(server, role)
  expect((await ines.call(getSession)).permissions).toEqual(['clients.read'])
  const top = await server.as('super_administrator')
  await save(top, {
    role: role.id,
    add: ['audit.read', 'clients.read'],
    remove: ['clients.read', 'mail.read'],
  })
  await expect
    .poll(async () => (await ines.call(getSession)).permissions)
    .toEqual(['audit.read', 'clients.read'])
  await save(top, { role: role.id, remove: ['clients.read'] })
  await expect.poll(async () => (await ines.call(getSession)).permissions).toEqual(['audit.read'])
  const lines = await entriesOf(server, { verb: 'roles.permissions_changed', result: 'done' })
  expect(lines.at(-1)).toMatchObject({
    before: { [role.key]: ['audit.read', 'clients.read'] },
    after: { [role.key]: ['audit.read'] },
  })
})

test('the preview says who gains and loses what; what another role of theirs gives too is neither', async () => {
  const [one, other] = [
    await madeRole(db, { level: 10, permissions: ['clients.read', 'audit.read'] }),
    await madeRole(db, { level: 10, permissions: ['audit.read'] }),
  ]
  const { staffId: single } = await colleague(server, one)
  const { staffId: double } = await colleague(server, one, other)
  const changes = [{ role: one.id, add: ['invoices.read'], remove: ['audit.read'] }]
  const top = await server.as('super_administrator')
  const { people } = await top.call(previewMatrix, { query: { changes: JSON.stringify(changes) } })
  expect(people).toHaveLength(2)
  expect(people.find(({ id }) => id === single)).toMatchObject({
    gains: ['invoices.read'],
    losses: ['audit.read'],
  })
  expect(people.find(({ id }) => id === double)).toMatchObject({ gains: ['invoices.read'], losses: [] })
  expect(await permissionsOf(one.id)).toEqual(['audit.read', 'clients.read'])
})

test('who keeps a permission by a limited role is told to have it limited, not to lose it', async () => {
  const role = await madeRole(db, { level: 10, permissions: ['clients.read'] })
  const lorraine = await madeRole(db, { level: 10, permissions: ['clients.read'], departments: ['57'] })
  const { staffId: id } = await colleague(server, role, lorraine)
  const changes = [{ role: role.id, remove: ['clients.read'] }]
  const top = await server.as('super_administrator')
  const { people } = await top.call(previewMatrix, { query: { changes: JSON.stringify(changes) } })
  expect(people).toEqual([expect.objectContaining({ id, gains: [], losses: [], limited: ['clients.read'] })])
})

test.each(['', 'nothing', '{}', '[{}]', '[{"role":"me"}]', '[null]'])(
  'changes that read %j are refused',
  async (changes) => {
    const top = await server.as('super_administrator')
    expect(await top.refused(previewMatrix, { query: { changes } })).toMatchObject({ code: 'input_invalid' })
  },
)

describe('two people at once', () => {
  test('who saves on a matrix that changed meanwhile is told, and nothing is lost', async () => {
    const top = await server.as('super_administrator')
    const administrator = await server.as('administrator')
    const role = await madeRole(db, { level: 10 })
    const { revision } = await top.call(getMatrix)
    const first = await save(administrator, { role: role.id, add: ['clients.read'] })
    const told = await top.refused(saveMatrix, {
      body: { revision, changes: [{ role: role.id, add: ['audit.read'] }] },
    })
    expect(told).toMatchObject({ status: 409, code: 'matrix_changed', details: { revision: first.revision } })
    expect(await permissionsOf(role.id)).toEqual(['clients.read'])
  })

  test('of five saves of the same moment one is kept', async () => {
    const top = await server.as('super_administrator')
    const role = await madeRole(db, { level: 10 })
    const { revision } = await top.call(getMatrix)
    const wishes = ['clients.read', 'clients.write', 'audit.read', 'invoices.read', 'mail.read']
    const replies = await Promise.all(
      wishes.map((permission) =>
        top.ask(saveMatrix, { body: { revision, changes: [{ role: role.id, add: [permission] }] } }),
      ),
    )
    expect(replies.map(({ status }) => status).toSorted()).toEqual([200, 409, 409, 409, 409])
    expect(await permissionsOf(role.id)).toEqual([wishes[replies.findIndex(({ status }) => status === 200)]])
  })
})

describe('nobody climbs: with roles.manage at level 69', () => {
  const climber = async () => {
    const own = await madeRole(db, {
      level: 69,
      permissions: ['roles.read', 'roles.manage', 'clients.read', 'audit.read'],
    })
    return { own, mallory: await colleague(server, own) }
  }

  test('nothing the person lacks goes into a role below', async () => {
    const { mallory } = await climber()
    const below = await madeRole(db, { level: 10 })
    for (const permission of ['mail.read', 'staff.manage', 'invoices.read'])
      expect(await refused(mallory, { role: below.id, add: ['clients.read', permission] })).toMatchObject({
        status: 403,
        code: 'permission_not_yours',
        details: { permissions: [permission] },
      })
    expect(await permissionsOf(below.id)).toEqual([])
  })

  test('neither one’s own role nor one of the same level or above is changed, not even to take something away', async () => {
    const { mallory, own } = await climber()
    const equal = await madeRole(db, { level: 69, permissions: ['clients.read'] })
    for (const role of [own.id, equal.id, await roleId(db, 'administrator')])
      for (const change of [{ add: ['audit.read', 'clients.write'] }, { remove: ['clients.read'] }])
        expect(await refused(mallory, { role, ...change })).toMatchObject({ code: 'role_above_yours' })
  })

  test('the super administrator’s role is nobody’s to change', async () => {
    const role = await roleId(db, 'super_administrator')
    const { mallory } = await climber()
    for (const person of [mallory, await server.as('super_administrator')])
      expect(await refused(person, { role, remove: ['clients.read'] })).toMatchObject({ code: 'role_fixed' })
  })

  test('one forbidden change among allowed ones keeps all of them out', async () => {
    const { mallory } = await climber()
    const below = await madeRole(db, { level: 10 })
    await refused(
      mallory,
      { role: below.id, add: ['clients.read'] },
      { role: await roleId(db, 'auditor'), add: ['mail.read'] },
    )
    expect(await permissionsOf(below.id)).toEqual([])
  })

  test('who holds a permission within limits gives it within them only', async () => {
    const own = await madeRole(db, { level: 69, permissions: ['roles.read', 'roles.manage'] })
    const within = await madeRole(db, { level: 5, permissions: ['clients.read'], departments: ['57', '67'] })
    const mallory = await colleague(server, own, within)
    const roles = {
      everywhere: await madeRole(db, { level: 10 }),
      wider: await madeRole(db, { level: 10, departments: ['57', '75'] }),
      narrower: await madeRole(db, { level: 10, departments: ['67'] }),
    }
    for (const role of [roles.everywhere, roles.wider])
      expect(await refused(mallory, { role: role.id, add: ['clients.read'] })).toMatchObject({
        code: 'permission_not_yours',
      })
    await save(mallory, { role: roles.narrower.id, add: ['clients.read'] })
  })

  test('what does not know limits does not go into a limited role', async () => {
    const limited = await madeRole(db, { level: 10, departments: ['57'] })
    expect(
      await refused(await server.as('super_administrator'), {
        role: limited.id,
        add: ['clients.read', 'audit.read', 'clients.import'],
      }),
    ).toMatchObject({
      status: 422,
      code: 'permission_not_limitable',
      details: { permissions: ['audit.read', 'clients.import'] },
    })
  })

  test('rights that ended a moment ago end the change too, whatever the session still believes', async () => {
    const { mallory, own } = await climber()
    const below = await madeRole(db, { level: 10 })
    const { revision } = await mallory.call(getMatrix)
    await db.transaction().execute(async (tx) => {
      await tx.deleteFrom('rolePermissions').where('roleId', '=', own.id).execute()
      // Nobody has heard of it yet: for a second the session is known as it was.
      await mallory.call(getMatrix)
    })
    expect(
      (
        await mallory.ask(saveMatrix, {
          body: { revision, changes: [{ role: below.id, add: ['audit.read'] }] },
        })
      ).status,
    ).toBe(403)
  })
})

test('a permission no contract declares is not given, and a role nobody knows not changed', async () => {
  const top = await server.as('super_administrator')
  const role = await madeRole(db, { level: 10 })
  expect(await refused(top, { role: role.id, add: ['everything.now'] })).toMatchObject({
    code: 'input_invalid',
    fields: [{ path: 'changes', code: 'permission_unknown' }],
  })
  expect(await refused(top, { role: randomUUID(), add: ['clients.read'] })).toMatchObject({
    fields: [{ path: 'changes', code: 'role_unknown' }],
  })
})

test('who may not manage roles saves nothing', async () => {
  const { browser } = await lucieSignedIn(server, 'direction')
  expect(await refused(browser, { role: await roleId(db, 'support'), add: ['clients.read'] })).toMatchObject({
    code: 'forbidden',
    details: { permission: 'roles.manage' },
  })
})
