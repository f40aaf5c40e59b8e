import { expect, test } from 'vitest'
import { signIn, verifySecondFactor } from '#contract/identity'
import { makeLink } from './links/tokens.ts'
import { openBrowserless } from '../../../tests/harness/browserless.ts'
import { lucieWithPasskey } from '../../../tests/harness/newcomer.ts'
import { openAuthenticator } from '../../../tests/harness/passkey.ts'
import { testServer } from '../../../tests/harness/server.ts'

let now = Date.now()
const server = await testServer({ clock: { now: () => new Date(now) } })

/** Lucie, whose factors were reset; `link` was mailed to her. */
async function lucieReset() {
  const lucie = await lucieWithPasskey(server)
  const { staffId } = lucie
  await server.db.deleteFrom('staffPasskeys').where('staffId', '=', staffId).execute()
  await server.db
    .updateTable('staffMembers')
    .set({ enrolmentNeedsLink: true })
    .where('id', '=', staffId)
    .execute()
  const link = await makeLink(server.db, { staffId, kind: 'factor_enrolment', now: new Date(now) })
  const { email, password } = lucie
  return { ...lucie, link, typing: (over = {}) => ({ body: { email, password, ...over } }) }
}

async function linksMailed(staffId: string) {
  const mails = await server.db
    .selectFrom('outgoingMails')
    .where('staffId', '=', staffId)
    .where('template', '=', 'identity.mail.enrolment_link')
    .select('id')
    .execute()
  return mails.length
}

test('after a reset the password alone leads nowhere: no secret, no cookie, no session', async () => {
  const { typing } = await lucieReset()
  const browser = openBrowserless(server.app)
  expect(await browser.call(signIn, typing())).toEqual({ step: 'link_needed' })
  expect(browser.cookie()).toBe('')
  for (const link of ['', 'x', 'A'.repeat(43)])
    expect(await browser.call(signIn, typing({ link }))).toEqual({ step: 'link_needed' })
})

test('with the link a factor is enrolled anew, with new recovery codes; then the link is spent', async () => {
  const { staffId, recoveryCodes: former, link, typing } = await lucieReset()
  const browser = openBrowserless(server.app)
  const first = await browser.call(signIn, typing({ link }))
  if (first.step !== 'enrolment') throw new Error('enrolment expected')
  const response = openAuthenticator().make(first.passkey)
  const { recoveryCodes } = await browser.call(verifySecondFactor, {
    body: { method: 'new_passkey', response },
  })
  expect(recoveryCodes).toHaveLength(10)
  expect(recoveryCodes).not.toEqual(former)
  const used = await server.db
    .selectFrom('staffLinks')
    .where('staffId', '=', staffId)
    .select('usedAt')
    .executeTakeFirstOrThrow()
  expect(used.usedAt).not.toBeNull()
  expect(await openBrowserless(server.app).call(signIn, typing())).toMatchObject({ step: 'second_factor' })
})

test("somebody else's link is none", async () => {
  const [lucie, other] = [await lucieReset(), await lucieReset()]
  expect(await openBrowserless(server.app).call(signIn, lucie.typing({ link: other.link }))).toEqual({
    step: 'link_needed',
  })
})

test('the link is mailed again at most once in ten minutes', async () => {
  const { staffId, typing } = await lucieReset()
  const browser = openBrowserless(server.app)
  await browser.call(signIn, typing())
  expect(await linksMailed(staffId)).toBe(0)
  now += 10 * 60_000
  await Promise.all(Array.from({ length: 5 }, () => openBrowserless(server.app).call(signIn, typing())))
  expect(await linksMailed(staffId)).toBe(1)
})

test('a sign-in begun before the reset enrols nothing after it', async () => {
  const lucie = await lucieWithPasskey(server)
  const { staffId, email, password } = lucie
  await server.db.deleteFrom('staffPasskeys').where('staffId', '=', staffId).execute()
  const browser = openBrowserless(server.app)
  const first = await browser.call(signIn, { body: { email, password } })
  if (first.step !== 'enrolment') throw new Error('enrolment expected')
  await server.db
    .updateTable('staffMembers')
    .set({ enrolmentNeedsLink: true })
    .where('id', '=', staffId)
    .execute()
  const response = openAuthenticator().make(first.passkey)
  expect(
    (await browser.refused(verifySecondFactor, { body: { method: 'new_passkey', response } })).code,
  ).toBe('sign_in_expired')
})

test('two browsers with the same link at once: one enrols', async () => {
  const { link, typing } = await lucieReset()
  const begun = await Promise.all(
    Array.from({ length: 4 }, async () => {
      const browser = openBrowserless(server.app)
      const first = await browser.call(signIn, typing({ link }))
      if (first.step !== 'enrolment') throw new Error('enrolment expected')
      return { browser, response: openAuthenticator().make(first.passkey) }
    }),
  )
  const replies = await Promise.all(
    begun.map(({ browser, response }) =>
      browser.ask(verifySecondFactor, { body: { method: 'new_passkey', response } }),
    ),
  )
  expect(replies.filter(({ status }) => status === 200)).toHaveLength(1)
})
