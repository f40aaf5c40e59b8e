/** Whatever somebody of some level does with roles, nobody ends up with a right that person lacked. */
import fc from 'fast-check'
import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { createRole, deleteRole, getMatrix, saveMatrix, updateRole } from '#contract/access'
import { colleague, holder, madeRole } from '../../../tests/harness/made-roles.ts'
import { testServer } from '../../../tests/harness/server.ts'
import { rolesHeld } from './giving/queries.ts'
import { beyond, reachOf } from './reach.ts'

const server = await testServer()
const { db } = server

const permission = fc.constantFrom(
  'clients.read',
  'clients.write',
  'invoices.read',
  'audit.read',
  'mail.read',
  'roles.read',
  'roles.manage',
)
const permissions = fc.uniqueArray(permission, { maxLength: 4 })
const departments = fc.uniqueArray(fc.constantFrom('57', '67', '75'), { maxLength: 2 })
const which = fc.nat({ max: 30 })
const deed = fc.oneof(
  fc.record({ do: fc.constant('save' as const), which, add: permissions, remove: permissions }),
  fc.record({
    do: fc.constant('limit' as const),
    which,
    departments,
    level: fc.option(fc.integer({ min: 1, max: 99 })),
  }),
  fc.record({
    do: fc.constant('create' as const),
    level: fc.integer({ min: 1, max: 99 }),
    permissions,
    departments,
  }),
  fc.record({ do: fc.constant('delete' as const), which }),
)

test('whatever is saved, made, limited and removed, rights never grow beyond what they were and what that person holds', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.record({
        level: fc.integer({ min: 2, max: 99 }),
        holds: permissions,
        near: permissions,
        departments,
      }),
      fc.array(fc.record({ level: fc.integer({ min: 1, max: 99 }), permissions, departments }), {
        maxLength: 3,
      }),
      fc.array(deed, { minLength: 4, maxLength: 14 }),
      async (person, others, deeds) => {
        const own = await madeRole(db, {
          level: person.level,
          permissions: [...person.holds, 'roles.read', 'roles.manage'].filter(unique),
        })
        const near = await madeRole(db, {
          level: 1,
          permissions: person.near,
          departments: person.departments,
        })
        const mallory = await colleague(server, own, near)
        const held = await Promise.all(others.map((role) => madeRole(db, role)))
        const people = [mallory, ...(await Promise.all(held.map((role) => holder(db, role))))]
        const rightsOf = async (staffId: string) => reachOf(await rolesHeld(db, staffId))
        const before = await Promise.all(people.map(({ staffId }) => rightsOf(staffId)))
        const limits = (codes: string[]) => ({ departments: codes, clients: [], own: false })

        for (const one of deeds) {
          const reply = await mallory.ask(getMatrix)
          if (reply.status !== 200) break
          const { revision, roles } = getMatrix.output.parse(JSON.parse(reply.text))
          const ours = roles.filter(({ id }) => [own, near, ...held].some((role) => role.id === id))
          const { id } = ('which' in one && ours[one.which % ours.length]) || own
          if (one.do === 'save')
            await mallory.ask(saveMatrix, {
              body: { revision, changes: [{ role: id, add: one.add, remove: one.remove }] },
            })
          if (one.do === 'limit')
            await mallory.ask(updateRole, {
              params: { id },
              body: { limits: limits(one.departments), ...(one.level !== null && { level: one.level }) },
            })
          if (one.do === 'create')
            await mallory.ask(createRole, {
              body: {
                name: randomUUID(),
                description: null,
                level: one.level,
                permissions: one.permissions,
                limits: limits(one.departments),
              },
            })
          if (one.do === 'delete') await mallory.ask(deleteRole, { params: { id } })
        }

        for (const [index, { staffId }] of people.entries())
          expect(beyond(await rightsOf(staffId), before[index]!, before[0]!)).toEqual([])
      },
    ),
    { numRuns: 10 },
  )
}, 300_000)

const unique = <T>(one: T, index: number, all: T[]) => all.indexOf(one) === index
