import { describe, expect, test } from 'vitest'
import type { CentralDb } from '#platform/server/db.ts'
import { createStaff } from '../creating-staff.ts'
import { testServer } from '../../../../tests/harness/server.ts'
import { forgetOldLinks, linkFor, makeLink, revokeLinks, useLink, type LinkKind } from './tokens.ts'

const server = await testServer()
const { db } = server
const now = new Date('2026-02-27T08:00:00Z')
const after = (ms: number) => new Date(now.getTime() + ms)
const hour = 3_600_000

async function lucie(): Promise<string> {
  const made = await createStaff(
    server,
    {
      email: `lucie.${crypto.randomUUID()}@example.com`,
      firstName: 'Lucie',
      lastName: 'Aubert',
      role: 'support',
      password: 'une phrase de passe assez longue',
    },
    'a test',
  )
  if ('problem' in made) throw new Error(made.problem)
  return made.id
}

test('a link is good once', async () => {
  const staffId = await lucie()
  const token = await makeLink(db, { staffId, kind: 'password_reset', now })
  expect(token).toMatch(/^[\w-]{43}$/)
  expect(await linkFor(db, token, 'password_reset', now)).toMatchObject({ staffId, firstName: 'Lucie' })
  expect(await useLink(db, token, 'password_reset', now)).toBe(true)
  expect(await linkFor(db, token, 'password_reset', now)).toBeUndefined()
  expect(await useLink(db, token, 'password_reset', now)).toBe(false)
})

test('of twenty who use it at once one does', async () => {
  const token = await makeLink(db, { staffId: await lucie(), kind: 'invitation', now })
  const uses = await Promise.all(Array.from({ length: 20 }, () => useLink(db, token, 'invitation', now)))
  expect(uses.filter(Boolean)).toHaveLength(1)
})

test.each<[LinkKind, number]>([
  ['invitation', 7 * 24 * hour],
  ['password_reset', hour],
  ['factor_enrolment', 24 * hour],
])('%s: good until the last millisecond of its time', async (kind, lifetime) => {
  const token = await makeLink(db, { staffId: await lucie(), kind, now })
  expect(await linkFor(db, token, kind, after(lifetime - 1))).toBeDefined()
  expect(await linkFor(db, token, kind, after(lifetime))).toBeUndefined()
  expect(await useLink(db, token, kind, after(lifetime))).toBe(false)
})

test('a new one ends the earlier ones of its kind and no others', async () => {
  const staffId = await lucie()
  const other = await makeLink(db, { staffId: await lucie(), kind: 'password_reset', now })
  const enrolment = await makeLink(db, { staffId, kind: 'factor_enrolment', now })
  const first = await makeLink(db, { staffId, kind: 'password_reset', now })
  const second = await makeLink(db, { staffId, kind: 'password_reset', now })
  expect(await linkFor(db, first, 'password_reset', now)).toBeUndefined()
  expect(await linkFor(db, second, 'password_reset', now)).toBeDefined()
  expect(await linkFor(db, enrolment, 'factor_enrolment', now)).toBeDefined()
  expect(await linkFor(db, other, 'password_reset', now)).toBeDefined()
})

test('of twenty made at once one is good', async () => {
  const staffId = await lucie()
  const make = () =>
    db
      .transaction()
      .execute((transaction: CentralDb) => makeLink(transaction, { staffId, kind: 'password_reset', now }))
  const tokens = await Promise.all(Array.from({ length: 20 }, make))
  const good = await Promise.all(tokens.map((token) => linkFor(db, token, 'password_reset', now)))
  expect(good.filter(Boolean)).toHaveLength(1)
})

test('every refusal of a reset stays good, until all are revoked', async () => {
  const staffId = await lucie()
  const kind = 'factor_reset_refusal'
  const tokens = [await makeLink(db, { staffId, kind, now }), await makeLink(db, { staffId, kind, now })]
  for (const token of tokens) expect(await linkFor(db, token, kind, after(90 * 24 * hour))).toBeDefined()
  await revokeLinks(db, { staffId, kinds: [kind] }, now)
  for (const token of tokens) expect(await linkFor(db, token, kind, now)).toBeUndefined()
})

describe('what is no such link is nothing', () => {
  test.each<[string, (token: string) => string]>([
    ['truncated', (token) => token.slice(0, -1)],
    ['longer', (token) => `${token}A`],
    ['in other capitals', (token) => token.toLowerCase()],
    ['with a space', (token) => `${token} `],
    ['empty', () => ''],
    ['its stored hash', () => 'deadbeef'],
  ])('%s', async (_, change) => {
    const token = await makeLink(db, { staffId: await lucie(), kind: 'invitation', now })
    expect(await linkFor(db, change(token), 'invitation', now)).toBeUndefined()
    expect(await useLink(db, change(token), 'invitation', now)).toBe(false)
  })

  test('of another kind', async () => {
    const token = await makeLink(db, { staffId: await lucie(), kind: 'factor_reset_refusal', now })
    expect(await linkFor(db, token, ['invitation', 'password_reset'], now)).toBeUndefined()
    expect(await useLink(db, token, 'password_reset', now)).toBe(false)
  })

  test('of somebody suspended', async () => {
    const staffId = await lucie()
    const token = await makeLink(db, { staffId, kind: 'password_reset', now })
    await db.updateTable('staffMembers').set({ suspendedAt: now }).where('id', '=', staffId).execute()
    expect(await linkFor(db, token, 'password_reset', now)).toBeUndefined()
    expect(await useLink(db, token, 'password_reset', now)).toBe(false)
  })
})

test('the token itself stands nowhere in the table', async () => {
  const token = await makeLink(db, { staffId: await lucie(), kind: 'invitation', now })
  const rows = await db.selectFrom('staffLinks').selectAll().execute()
  expect(JSON.stringify(rows.map((row) => ({ ...row, hash: row.tokenHash.toString() })))).not.toContain(token)
})

test('three months after its time a link is forgotten', async () => {
  const staffId = await lucie()
  await makeLink(db, { staffId, kind: 'password_reset', now })
  const left = () => db.selectFrom('staffLinks').where('staffId', '=', staffId).select('kind').execute()
  await forgetOldLinks(db, after(90 * 24 * hour))
  expect(await left()).toHaveLength(1)
  await forgetOldLinks(db, after(91 * 24 * hour))
  expect(await left()).toEqual([])
})
