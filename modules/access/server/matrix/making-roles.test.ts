import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { createRole, deleteRole, getMatrix, updateRole, type RoleLimits } from '#contract/access'
import { getSession } from '#contract/identity'
import { roleHistory } from '#server/access'
import { entriesOf } from '../../../../tests/harness/audit.ts'
import { colleague, madeRole, roleId } from '../../../../tests/harness/made-roles.ts'
import { testServer } from '../../../../tests/harness/server.ts'

const server = await testServer()
const { db } = server
const nowhere: RoleLimits = { departments: [], clients: [], own: false }
const partner = () => ({
  name: `Partenaire ${randomUUID().slice(0, 8)}`,
  description: null,
  level: 10,
  limits: nowhere,
  permissions: ['clients.read'],
})

const top = () => server.as('super_administrator')

async function client(): Promise<string> {
  const { id } = await db
    .insertInto('clients')
    .values({
      kind: 'practitioner',
      status: 'prospect',
      lastName: 'Arnaud',
      email: `${randomUUID()}@example.com`,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

describe('making a role', () => {
  test('it has a key after its name, stands in the matrix, and leaves a line', async () => {
    const made = await (
      await top()
    ).call(createRole, {
      body: {
        ...partner(),
        name: '  Partenaire d’Été, 57 ',
        description: ' Lit les clients de Moselle. ',
        limits: { departments: ['57', '57'], clients: [], own: true },
      },
    })
    expect(made).toMatchObject({
      key: 'partenaire_d_ete_57',
      name: 'Partenaire d’Été, 57',
      description: 'Lit les clients de Moselle.',
      builtIn: false,
      holders: 0,
      editable: true,
      permissions: ['clients.read'],
      limits: { departments: ['57'], clients: [], own: true },
    })
    const { roles } = await (await top()).call(getMatrix)
    expect(roles).toContainEqual(made)
    const [line] = await entriesOf(server, { verb: 'role.created', object: made.id })
    expect(line?.after).toMatchObject({ key: made.key, permissions: ['clients.read'] })
  })

  test('its holder reaches only what its limits hold, and is told that it is a part', async () => {
    const made = await (
      await top()
    ).call(createRole, {
      body: { ...partner(), limits: { ...nowhere, clients: [await client()] } },
    })
    const ines = await colleague(server, { id: made.id, key: made.key, name: made.name! }) // just made with one
    const { rows } = JSON.parse((await ines.send('GET', '/api/v1/clients')).text) as { rows: unknown[] }
    expect(rows).toHaveLength(1)
    expect(await ines.call(getSession)).toMatchObject({
      permissions: ['clients.read'],
      limited: ['clients.read'],
    })
  })

  test('a name is taken whatever its accents and case, and nobody is called like a built-in role', async () => {
    const { name } = await (
      await top()
    ).call(createRole, { body: { ...partner(), name: `Équipe ${randomUUID()}` } })
    for (const taken of [name!.toUpperCase(), name!.replace('É', 'E'), 'super administrateur', 'Billing'])
      expect(await (await top()).refused(createRole, { body: { ...partner(), name: taken } })).toMatchObject({
        fields: [{ path: 'name', code: 'role_name_taken' }],
      })
  })

  test('two of the same key are told apart', async () => {
    const [one, other] = ['Renfort !', 'Renfort ?'].map((name) => ({ ...partner(), name }))
    const first = await (await top()).call(createRole, { body: one! })
    await (await top()).call(deleteRole, { params: { id: first.id } })
    const held = await (await top()).call(createRole, { body: one! })
    await (await top()).call(updateRole, { params: { id: held.id }, body: { name: 'Ancien renfort' } })
    expect((await (await top()).call(createRole, { body: other! })).key).toBe('renfort_2')
  })

  test('departments and clients it is limited to exist', async () => {
    const wrong: [RoleLimits, string][] = [
      [{ ...nowhere, departments: ['20'] }, 'limits.departments'],
      [{ ...nowhere, clients: [randomUUID()] }, 'limits.clients'],
    ]
    for (const [limits, path] of wrong)
      expect(await (await top()).refused(createRole, { body: { ...partner(), limits } })).toMatchObject({
        code: 'input_invalid',
        fields: [{ path }],
      })
  })

  test('nobody makes a role above them, nor with what they lack or hold less widely', async () => {
    const own = await madeRole(db, { level: 69, permissions: ['roles.read', 'roles.manage', 'audit.read'] })
    const near = await madeRole(db, { level: 5, permissions: ['clients.read'], departments: ['57'] })
    const mallory = await colleague(server, own, near)
    const refusals: [Partial<ReturnType<typeof partner>>, string][] = [
      [{ level: 69, permissions: [] }, 'role_above_yours'],
      [{ level: 99, permissions: [] }, 'role_above_yours'],
      [{ permissions: ['mail.read'] }, 'permission_not_yours'],
      [{ permissions: ['clients.read'] }, 'permission_not_yours'],
      [{ permissions: ['clients.read'], limits: { ...nowhere, own: true } }, 'permission_not_yours'],
      [
        { permissions: ['audit.read'], limits: { ...nowhere, departments: ['57'] } },
        'permission_not_limitable',
      ],
    ]
    for (const [over, code] of refusals)
      expect(await mallory.refused(createRole, { body: { ...partner(), ...over } }), code).toMatchObject({
        code,
      })
    await mallory.call(createRole, {
      body: { ...partner(), level: 68, limits: { ...nowhere, departments: ['57'] } },
    })
  })
})

describe('changing a role', () => {
  test('name, description and level change alone; limits that stay are left alone', async () => {
    const limits = { departments: ['57', '67'], clients: [], own: true }
    const made = await (await top()).call(createRole, { body: { ...partner(), limits } })
    const id = made.id
    const renamed = await (
      await top()
    ).call(updateRole, {
      params: { id },
      body: { description: 'Pour l’Est', level: 12 },
    })
    expect(renamed).toEqual({ ...made, description: 'Pour l’Est', level: 12 })
    const moved = await (
      await top()
    ).call(updateRole, {
      params: { id },
      body: { limits: { departments: ['67', '75'], clients: [], own: false } },
    })
    expect(moved.limits).toEqual({ departments: ['67', '75'], clients: [], own: false })
  })

  test('its reach grows only by what the person holds as widely, and shrinks as they like', async () => {
    const own = await madeRole(db, { level: 69, permissions: ['roles.read', 'roles.manage'] })
    const near = await madeRole(db, { level: 5, permissions: ['clients.read'], departments: ['57'] })
    const mallory = await colleague(server, own, near)
    const wide = await madeRole(db, { level: 10, permissions: ['clients.read'] })
    const change = (departments: string[]) => ({
      params: { id: wide.id },
      body: { limits: { ...nowhere, departments } },
    })
    await mallory.call(updateRole, change(['67', '75']))
    await mallory.call(updateRole, change(['67', '57']))
    for (const wider of [[], ['57', '67', '75']])
      expect(await mallory.refused(updateRole, change(wider))).toMatchObject({
        code: 'permission_not_yours',
        details: { permissions: ['clients.read'] },
      })
  })

  test('built-in roles stay as they are, higher ones out of reach, unknown ones unknown', async () => {
    const administrator = await server.as('administrator')
    const body = { name: 'Autre nom' }
    const refused = async (id: string) =>
      (await administrator.refused(updateRole, { params: { id }, body })).code
    expect(await refused(await roleId(db, 'support'))).toBe('role_fixed')
    expect(await refused(await roleId(db, 'super_administrator'))).toBe('role_fixed')
    expect(await refused(await roleId(db, 'technical_administrator'))).toBe('role_above_yours')
    expect(await refused(randomUUID())).toBe('not_found')
    const mine = await madeRole(db, { level: 10 })
    expect(
      await administrator.refused(updateRole, { params: { id: mine.id }, body: { level: 70 } }),
    ).toMatchObject({ code: 'role_above_yours' })
  })

  test('a role with a right that knows no limits is not limited', async () => {
    const role = await madeRole(db, { level: 10, permissions: ['clients.read', 'audit.read'] })
    expect(
      await (
        await top()
      ).refused(updateRole, { params: { id: role.id }, body: { limits: { ...nowhere, own: true } } }),
    ).toMatchObject({ code: 'permission_not_limitable', details: { permissions: ['audit.read'] } })
  })
})

describe('removing a role', () => {
  test('one nobody ever held is gone', async () => {
    const role = await madeRole(db, { level: 10, permissions: ['clients.read'], departments: ['57'] })
    await (await top()).call(deleteRole, { params: { id: role.id } })
    expect(await db.selectFrom('roles').where('id', '=', role.id).select('id').execute()).toEqual([])
  })

  test('one that is held stays', async () => {
    const role = await madeRole(db, { level: 10 })
    await colleague(server, role)
    const told = await (await top()).refused(deleteRole, { params: { id: role.id } })
    expect(told).toMatchObject({ code: 'role_held', message: expect.stringContaining('Une personne') })
  })

  test('one that was held once gives nothing any more, and the history still names it', async () => {
    const role = await madeRole(db, { level: 10, permissions: ['clients.read'] })
    const { staffId } = await colleague(server, role)
    await db.updateTable('staffRoles').set({ endedAt: new Date() }).where('roleId', '=', role.id).execute()
    await (await top()).call(deleteRole, { params: { id: role.id } })
    const { roles } = await (await top()).call(getMatrix)
    expect(roles.some(({ id }) => id === role.id)).toBe(false)
    expect(await roleHistory(db, staffId)).toMatchObject([{ role: { name: role.name } }])
    expect(await (await top()).refused(deleteRole, { params: { id: role.id } })).toMatchObject({
      code: 'not_found',
    })
  })

  test('neither built-in ones nor those above go', async () => {
    const administrator = await server.as('administrator')
    const refused = async (id: string) => (await administrator.refused(deleteRole, { params: { id } })).code
    expect(await refused(await roleId(db, 'auditor'))).toBe('role_fixed')
    expect(await refused((await madeRole(db, { level: 70 })).id)).toBe('role_above_yours')
  })
})
