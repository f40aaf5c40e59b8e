import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { sql } from '#platform/server/db.ts'
import {
  difference,
  isLastSuperAdministrator,
  levelOf,
  mayGrant,
  NotYoursToGive,
  peopleWith,
  roleHistory,
  rolesOfMany,
  setRoles,
} from '#server/access'
import { holder, madeRole as aRole, roleId } from '../../../../tests/harness/made-roles.ts'
import { testServer } from '../../../../tests/harness/server.ts'

const server = await testServer()
const { db } = server
const now = new Date('2026-11-20T10:00:00Z')

const role = (key: string) => roleId(db, key)
const madeRole = async (level: number, permissions: string[], departments: string[] = []) =>
  (await aRole(db, { level, permissions, departments })).id

const someone = (...ids: string[]) => holder(db, ...ids.map((id) => ({ id })))

describe('who may give what', () => {
  test('an administrator gives what stands below and holds nothing the administrator lacks', async () => {
    const administrator = await someone(await role('administrator'))
    expect(await mayGrant(db, administrator, [await role('sales'), await role('auditor')])).toBe(true)
  })

  test('not a role of the same level, nor of a higher one', async () => {
    const administrator = await someone(await role('administrator'))
    expect(
      await mayGrant(db, administrator, [await role('administrator'), await role('technical_administrator')]),
    ).toMatchObject({ above: ['technical_administrator', 'administrator'] })
  })

  test('the top gives its own like', async () => {
    const top = await someone(await role('super_administrator'))
    expect(await mayGrant(db, top, [await role('super_administrator')])).toBe(true)
  })

  test('not a permission the giver lacks', async () => {
    const giver = await someone(await madeRole(69, ['staff.manage', 'clients.read']))
    expect(await mayGrant(db, giver, [await madeRole(10, ['clients.read', 'audit.read'])])).toMatchObject({
      permissions: ['audit.read'],
    })
  })

  test('not more widely than the giver holds it', async () => {
    const giver = await someone(await madeRole(69, ['clients.read'], ['57', '67']))
    expect(await mayGrant(db, giver, [await madeRole(10, ['clients.read'], ['57'])])).toBe(true)
    for (const wider of [[], ['57', '75']])
      expect(await mayGrant(db, giver, [await madeRole(10, ['clients.read'], wider)])).toMatchObject({
        permissions: ['clients.read'],
      })
  })

  test('what the receiver holds already is not given, and what would end must stand below', async () => {
    const giver = await someone(await madeRole(69, ['staff.manage']))
    const [foreign, higher] = [await madeRole(10, ['audit.read']), await madeRole(80, [])]
    const receiver = await someone(foreign, higher)
    const empty = await madeRole(5, [])
    expect(await mayGrant(db, giver, [foreign, higher, empty], receiver.staffId)).toBe(true)
    expect(await mayGrant(db, giver, [foreign, empty], receiver.staffId)).toMatchObject({
      above: [expect.stringMatching('made_')],
    })
  })

  test('not a role that does not exist or was retired', async () => {
    const top = await someone(await role('super_administrator'))
    const retired = await madeRole(10, [])
    await db.updateTable('roles').set({ retiredAt: now }).where('id', '=', retired).execute()
    const nowhere = randomUUID()
    expect(await mayGrant(db, top, [retired, nowhere])).toMatchObject({ unknown: [retired, nowhere] })
  })
})

describe('giving', () => {
  test('ends what is no longer wanted, gives what is new, and the history tells who and when', async () => {
    const top = await someone(await role('super_administrator'))
    const [sales, support, auditor] = [await role('sales'), await role('support'), await role('auditor')]
    const person = await someone(sales, support)
    const changed = await setRoles(db, top, person.staffId, [support, auditor], now)
    expect([changed.given.map(({ key }) => key), changed.ended.map(({ key }) => key)]).toEqual([
      ['auditor'],
      ['sales'],
    ])
    expect((await rolesOfMany(db, [person.staffId])).get(person.staffId)?.map(({ key }) => key)).toEqual([
      'support',
      'auditor',
    ])
    expect(await roleHistory(db, person.staffId)).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          role: { id: auditor, key: 'auditor', name: null },
          givenAt: now,
          givenBy: 'Inès Martin',
          endedAt: null,
        }),
        expect.objectContaining({
          role: { id: sales, key: 'sales', name: null },
          endedAt: now,
          endedBy: 'Inès Martin',
        }),
      ]),
    )
    expect(await levelOf(db, person.staffId)).toBe(40)
  })

  test('of two who give at once, the second counts on what the first left', async () => {
    const top = await someone(await role('super_administrator'))
    const [sales, support] = [await role('sales'), await role('support')]
    const person = await someone(await role('auditor'))
    const wishes = [[sales], [support], [sales, support]]
    await Promise.all(
      wishes.map((wish) => db.transaction().execute((tx) => setRoles(tx, top, person.staffId, wish, now))),
    )
    const held = (await rolesOfMany(db, [person.staffId])).get(person.staffId)?.map(({ id }) => id)
    expect(wishes.map((wish) => wish.toSorted())).toContainEqual(held?.toSorted())
  })

  test('what may not be given throws, even where nobody asked before', async () => {
    const giver = await someone(await madeRole(69, ['staff.manage']))
    const person = await someone()
    await expect(setRoles(db, giver, person.staffId, [await role('auditor')], now)).rejects.toThrow(
      NotYoursToGive,
    )
    await expect(setRoles(db, giver, giver.staffId, [], now)).rejects.toThrow('themself')
  })

  test('of two super administrators who remove each other at once, one stays', async () => {
    const top = await role('super_administrator')
    const [one, other] = [await someone(top), await someone(top)]
    await db
      .updateTable('staffRoles')
      .set({ endedAt: now })
      .where('roleId', '=', top)
      .where('staffId', 'not in', [one.staffId, other.staffId])
      .execute()
    const remove = (by: typeof one, of: typeof one) =>
      db.transaction().execute((tx) => setRoles(tx, by, of.staffId, [], now))
    const both = await Promise.allSettled([remove(one, other), remove(other, one)])
    const failed = both.flatMap((result) => (result.status === 'rejected' ? [result.reason as unknown] : []))
    expect(failed).toHaveLength(1)
    expect(isLastSuperAdministrator(failed[0]) || failed[0] instanceof NotYoursToGive).toBe(true)
  })

  test('the last super administrator stays whatever the server does, and that failure is known by name', async () => {
    const top = await role('super_administrator')
    const all = db.updateTable('staffRoles').set({ endedAt: now }).where('roleId', '=', top).execute()
    await expect(all).rejects.toSatisfy(isLastSuperAdministrator)
  })
})

test('a permission that another role gives too is neither gained nor lost; a wider reach is gained, a closer one kept', async () => {
  const [narrow, wide] = [await madeRole(10, ['clients.read'], ['57']), await madeRole(10, ['clients.read'])]
  const elsewhere = await madeRole(10, ['clients.read'], ['67'])
  const nothing = { gains: [], losses: [], limited: [] }
  const person = await someone(narrow)
  expect(await difference(db, person.staffId, [narrow, await role('support')])).toEqual({
    ...nothing,
    gains: [
      'announcements.publish',
      'clients.read',
      'clients.write',
      'impersonation.read',
      'impersonation.start',
      'macros.manage',
      'subscriptions.read',
      'tenants.read',
      'tickets.read',
      'tickets.write',
    ],
  })
  expect(await difference(db, person.staffId, [wide])).toEqual({ ...nothing, gains: ['clients.read'] })
  expect(await difference(db, person.staffId, [])).toEqual({ ...nothing, losses: ['clients.read'] })
  // Limits that moved are neither a gain nor a loss of the permission.
  expect(await difference(db, person.staffId, [elsewhere])).toEqual({ ...nothing, limited: ['clients.read'] })
  const both = await someone(wide, narrow)
  expect(await difference(db, both.staffId, [wide])).toEqual(nothing)
  expect(await difference(db, both.staffId, [narrow])).toEqual({ ...nothing, limited: ['clients.read'] })
})

test('who holds a permission: by which roles, and whether within limits; not the suspended', async () => {
  const [near, far] = [await madeRole(10, ['mail.read'], ['57']), await madeRole(10, ['mail.read'])]
  const [limited, free, gone] = [await someone(near), await someone(near, far), await someone(far)]
  await sql`update staff_members set suspended_at = now() where id = ${gone.staffId}`.execute(db)
  const people = await peopleWith(db, 'mail.read')
  expect(people.find(({ id }) => id === limited.staffId)).toMatchObject({
    limited: true,
    name: 'Inès Martin',
  })
  expect(people.find(({ id }) => id === free.staffId)).toMatchObject({
    limited: false,
    roles: [{ level: 10 }, { level: 10 }],
  })
  expect(people.some(({ id }) => id === gone.staffId)).toBe(false)
})
