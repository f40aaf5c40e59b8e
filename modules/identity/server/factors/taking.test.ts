import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import type { CentralDb } from '#platform/server/db.ts'
import { lucieSignedIn, lucieWithPasskey } from '../../../../tests/harness/newcomer.ts'
import { testServer } from '../../../../tests/harness/server.ts'
import {
  countPasskeyUse,
  forgetOldChallenges,
  ofStaff,
  takeChallenge,
  takeRecoveryCode,
  takeStep,
} from './kept-queries.ts'
import { heldFactors } from './queries.ts'

const server = await testServer()
const { db } = server
const now = new Date()

/** Twenty transactions that begin together; what each of them got. */
function together(take: (handle: CentralDb) => Promise<boolean>): Promise<boolean[]> {
  const one = () => db.transaction().execute(take)
  return Promise.all(Array.from({ length: 20 }, one))
}

const winners = (got: boolean[]) => got.filter(Boolean).length

test('of twenty transactions that take one recovery code, one does', async () => {
  const { staffId } = await lucieWithPasskey(server)
  const { codes } = await heldFactors(db, staffId)
  const id = codes[0]?.id ?? ''
  expect(winners(await together((handle) => takeRecoveryCode(handle, ofStaff, id, now)))).toBe(1)
})

test('of twenty transactions that take one step of an authenticator, one does', async () => {
  const { browser, email } = await lucieSignedIn(server)
  expect(browser.cookie()).toContain('session')
  const { id } = await db
    .selectFrom('staffMembers')
    .where('email', '=', email)
    .select('id')
    .executeTakeFirstOrThrow()
  const { authenticator } = await heldFactors(db, id)
  const next = Number(authenticator?.lastStep) + 1
  expect(winners(await together((handle) => takeStep(handle, ofStaff, id, next, now)))).toBe(1)
})

test('of twenty transactions that answer one challenge, one does; and again when that one is undone', async () => {
  const challenge = { nonce: randomBytes(16), expiresAt: new Date(now.getTime() + 60_000) }
  const undone = db.transaction().execute(async (handle: CentralDb) => {
    expect(await takeChallenge(handle, challenge)).toBe(true)
    throw new Error('undone')
  })
  await expect(undone).rejects.toThrow('undone')
  expect(winners(await together((handle) => takeChallenge(handle, challenge)))).toBe(1)
})

test('of twenty transactions with one count of a passkey, one goes on', async () => {
  const { staffId } = await lucieWithPasskey(server, { counts: true })
  const { passkeys } = await heldFactors(db, staffId)
  const id = passkeys[0]?.id ?? ''
  const answer = { signCount: 5, backedUp: false, challenge: { nonce: randomBytes(16), expiresAt: now } }
  expect(winners(await together((handle) => countPasskeyUse(handle, ofStaff, id, answer, now)))).toBe(1)
})

test('answered challenges are forgotten once nobody could answer them any more, and not before', async () => {
  const nonces = [randomBytes(16), randomBytes(16)] as const
  const at = (seconds: number) => new Date(now.getTime() + seconds * 1000)
  await takeChallenge(db, { nonce: nonces[0], expiresAt: at(10) })
  await takeChallenge(db, { nonce: nonces[1], expiresAt: at(20) })
  await forgetOldChallenges(db, at(15))
  const left = await db.selectFrom('usedChallenges').where('nonce', 'in', nonces).select('nonce').execute()
  expect(left.map(({ nonce }) => nonce.toString('hex'))).toEqual([nonces[1].toString('hex')])
})
