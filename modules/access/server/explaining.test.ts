import { expect, test } from 'vitest'
import { explainPermission, listHolders } from '#contract/access'
import { colleague, madeRole } from '../../../tests/harness/made-roles.ts'
import { testServer } from '../../../tests/harness/server.ts'

const server = await testServer()

test('who was refused reads which roles would let them, and whom to ask: the nearest colleague who may', async () => {
  const support = await server.as('support')
  const why = await support.call(explainPermission, { params: { permission: 'audit.read' } })
  expect(why).toMatchObject({ held: false, limited: false, yourRoles: [{ key: 'support', name: null }] })
  expect(why.rolesWithIt.map(({ key }) => key)).toEqual([
    'super_administrator',
    'technical_administrator',
    'administrator',
    'compliance',
    'auditor',
  ])
  // The technical administrator reads the log too and gives no roles; the administrator stands below the top.
  expect(why.askWhom).toHaveLength(2)
  expect(why.askWhom[0]?.email).toMatch(/^admin/)
})

test('nobody is sent to whom could not give it', async () => {
  const why = await (
    await server.as('support')
  ).call(explainPermission, { params: { permission: 'mail.read' } })
  expect(why.askWhom).toHaveLength(1)
})

test('nobody is sent to themself', async () => {
  const why = await (
    await server.as('administrator')
  ).call(explainPermission, { params: { permission: 'staff.manage' } })
  expect(why).toMatchObject({ held: true })
  expect(why.askWhom.some(({ email }) => email.startsWith('admin'))).toBe(false)
})

test('a permission held within limits says so, and who can do what says it of everybody', async () => {
  const role = await madeRole(server.db, { level: 10, permissions: ['clients.read'], departments: ['57'] })
  const ines = await colleague(server, role)
  const params = { permission: 'clients.read' }
  expect(await ines.call(explainPermission, { params })).toMatchObject({ held: true, limited: true })
  const { rows } = await (await server.as('auditor')).call(listHolders, { params })
  expect(rows.find(({ id }) => id === ines.staffId)).toEqual({
    id: ines.staffId,
    name: 'Lucie Aubert',
    limited: true,
    roles: [role],
  })
  expect(rows.filter(({ limited }) => !limited)).toHaveLength(9)
})

test('a permission nobody declares is not found', async () => {
  const auditor = await server.as('auditor')
  for (const endpoint of [explainPermission, listHolders])
    expect(await auditor.refused(endpoint, { params: { permission: 'everything.now' } })).toMatchObject({
      code: 'not_found',
    })
})
