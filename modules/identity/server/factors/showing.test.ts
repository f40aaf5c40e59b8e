import { expect, test } from 'vitest'
import { getSession, signIn, verifySecondFactor } from '#contract/identity'
import { openBrowserless } from '../../../../tests/harness/browserless.ts'
import { lucieEnrolling, lucieWithPasskey } from '../../../../tests/harness/newcomer.ts'
import { openAuthenticator } from '../../../../tests/harness/passkey.ts'
import { testServer } from '../../../../tests/harness/server.ts'

let now = Date.now()
const server = await testServer({ clock: { now: () => new Date(now) } })
let visitors = 0
/** Each from a network of its own, so that no count but the person's is reached. */
const fresh = () => openBrowserless(server.app, 'localhost:3000', `198.51.100.${++visitors}`)

/** A browser whose person has typed the right password. */
async function begun({ email, password }: { email: string; password: string }) {
  const browser = fresh()
  const first = await browser.call(signIn, { body: { email, password } })
  if (first.step !== 'second_factor') throw new Error('a second factor was expected')
  return { browser, ...first }
}

/** One after the other: the passwords of one account are counted too. */
async function manyBegun(person: { email: string; password: string }) {
  const browsers = []
  for (let count = 0; count < 20; count++) browsers.push(await begun(person))
  return browsers
}

async function failures(staffId: string) {
  const events = await server.db
    .selectFrom('staffSignInEvents')
    .where('staffId', '=', staffId)
    .where('kind', '=', 'factor_wrong')
    .select('factor')
    .execute()
  return events.map(({ factor }) => factor)
}

const won = (replies: { status: number }[]) => replies.filter(({ status }) => status === 200)

test('whoever has a passkey is offered it, and it opens the session', async () => {
  const lucie = await lucieWithPasskey(server)
  const { browser, methods, passkey } = await begun(lucie)
  expect(methods).toEqual(['passkey', 'recovery_code'])
  expect(passkey).toMatchObject({ rpId: 'localhost', userVerification: 'required', allowCredentials: [{}] })
  expect((await browser.refused(getSession)).status).toBe(401)
  const response = lucie.authenticator.answer(passkey ?? {})
  const { me, recoveryCodes } = await browser.call(verifySecondFactor, {
    body: { method: 'passkey', response },
  })
  expect(me).toMatchObject({ email: lucie.email, oneFactorOnly: true })
  expect(recoveryCodes).toBeNull()
})

test('the answer of one sign-in is none of another, and none a second time', async () => {
  const lucie = await lucieWithPasskey(server)
  const [one, other] = [await begun(lucie), await begun(lucie)]
  const response = lucie.authenticator.answer(one.passkey ?? {})
  const body = { method: 'passkey', response } as const
  expect((await other.browser.refused(verifySecondFactor, { body })).code).toBe('passkey_refused')
  await one.browser.call(verifySecondFactor, { body })
  expect(await one.browser.refused(verifySecondFactor, { body })).toMatchObject({ status: 410 })
  expect(await failures(lucie.staffId)).toEqual(['passkey'])
})

test('a passkey of somebody else is refused as one that nobody made', async () => {
  const [lucie, other] = [await lucieWithPasskey(server), await lucieWithPasskey(server)]
  const { browser, passkey } = await begun(lucie)
  const stranger = openAuthenticator()
  stranger.make(lucie.passkeyOptions)
  for (const authenticator of [other.authenticator, stranger]) {
    const response = authenticator.answer(passkey ?? {})
    const refusal = await browser.refused(verifySecondFactor, { body: { method: 'passkey', response } })
    expect(refusal).toMatchObject({ status: 403, code: 'passkey_refused' })
  }
})

test('a passkey that knows another holder is refused, whatever it signs', async () => {
  const lucie = await lucieWithPasskey(server)
  const { browser, passkey } = await begun(lucie)
  const userHandle = Buffer.alloc(16, 7).toString('base64url')
  const response = lucie.authenticator.answer(passkey ?? {}, { userHandle })
  expect((await browser.refused(verifySecondFactor, { body: { method: 'passkey', response } })).code).toBe(
    'passkey_refused',
  )
})

test('a challenge is answered within five minutes', async () => {
  const lucie = await lucieWithPasskey(server)
  const { passkey } = await begun(lucie)
  now += 5 * 60_000
  const { browser } = await begun(lucie)
  const response = lucie.authenticator.answer(passkey ?? {})
  expect((await browser.refused(verifySecondFactor, { body: { method: 'passkey', response } })).code).toBe(
    'passkey_refused',
  )
})

test('an authenticator whose count goes back is refused, and that is written down', async () => {
  const lucie = await lucieWithPasskey(server, { counts: true })
  const first = await begun(lucie)
  await first.browser.call(verifySecondFactor, {
    body: { method: 'passkey', response: lucie.authenticator.answer(first.passkey ?? {}, { signCount: 9 }) },
  })
  for (const signCount of [9, 3, 0]) {
    const { browser, passkey } = await begun(lucie)
    const response = lucie.authenticator.answer(passkey ?? {}, { signCount })
    expect((await browser.refused(verifySecondFactor, { body: { method: 'passkey', response } })).code).toBe(
      'passkey_refused',
    )
  }
  expect(await failures(lucie.staffId)).toEqual(['passkey', 'passkey', 'passkey'])
  const last = await begun(lucie)
  await last.browser.call(verifySecondFactor, {
    body: { method: 'passkey', response: lucie.authenticator.answer(last.passkey ?? {}, { signCount: 10 }) },
  })
})

test('a recovery code opens a session once, however it is typed, and its holder is told', async () => {
  const lucie = await lucieWithPasskey(server)
  const [code = ''] = lucie.recoveryCodes
  const typed = { method: 'recovery_code', code: code.replaceAll('-', ' ').toLowerCase() } as const
  await (await begun(lucie)).browser.call(verifySecondFactor, { body: typed })
  const again = await begun(lucie)
  expect((await again.browser.refused(verifySecondFactor, { body: typed })).code).toBe('code_already_used')
  const unknown = { method: 'recovery_code', code: 'ZZZZ-ZZZZ-ZZZZ' } as const
  expect((await again.browser.refused(verifySecondFactor, { body: unknown })).code).toBe('code_wrong')
  expect((await failures(lucie.staffId)).toSorted()).toEqual(['recovery_code', 'recovery_code'])
  const mails = await server.db
    .selectFrom('outgoingMails')
    .where('staffId', '=', lucie.staffId)
    .where('template', '=', 'identity.mail.factor_changed')
    .select('subject')
    .execute()
  expect(mails.map(({ subject }) => subject)).toContain('Un code de secours a servi à vous connecter')
})

test('twenty browsers with one recovery code at once: one session', async () => {
  const lucie = await lucieWithPasskey(server)
  const [code = ''] = lucie.recoveryCodes
  const browsers = await manyBegun(lucie)
  const replies = await Promise.all(
    browsers.map(({ browser }) =>
      browser.ask(verifySecondFactor, { body: { method: 'recovery_code', code } }),
    ),
  )
  expect(won(replies)).toHaveLength(1)
})

test('twenty browsers with one code of an authenticator at once: one session', async () => {
  const lucie = await lucieEnrolling(server)
  await lucie.browser.call(verifySecondFactor, {
    body: { method: 'totp', code: lucie.totp.generate({ timestamp: now }) },
  })
  now += 60_000
  const browsers = await manyBegun(lucie)
  const code = lucie.totp.generate({ timestamp: now })
  const replies = await Promise.all(
    browsers.map(({ browser }) => browser.ask(verifySecondFactor, { body: { method: 'totp', code } })),
  )
  expect(won(replies)).toHaveLength(1)
})

test('one answer of a passkey sent twenty times at once: one session', async () => {
  const lucie = await lucieWithPasskey(server)
  const { browser, passkey } = await begun(lucie)
  const response = lucie.authenticator.answer(passkey ?? {})
  const replies = await Promise.all(
    Array.from({ length: 20 }, () =>
      browser.ask(verifySecondFactor, { body: { method: 'passkey', response } }),
    ),
  )
  expect(won(replies)).toHaveLength(1)
})

test('a clock thirty seconds off is forgiven, one two minutes off is not', async () => {
  const lucie = await lucieEnrolling(server)
  await lucie.browser.call(verifySecondFactor, {
    body: { method: 'totp', code: lucie.totp.generate({ timestamp: now }) },
  })
  now += 10 * 60_000
  const { browser } = await begun(lucie)
  for (const seconds of [-120, 120]) {
    const code = lucie.totp.generate({ timestamp: now + seconds * 1000 })
    expect((await browser.refused(verifySecondFactor, { body: { method: 'totp', code } })).code).toBe(
      'code_wrong',
    )
  }
  const code = lucie.totp.generate({ timestamp: now - 30_000 })
  await browser.call(verifySecondFactor, { body: { method: 'totp', code } })
})

test('after a code the one before it is spent too', async () => {
  const lucie = await lucieEnrolling(server)
  const codeAt = (timestamp: number) =>
    ({ method: 'totp', code: lucie.totp.generate({ timestamp }) }) as const
  await lucie.browser.call(verifySecondFactor, { body: codeAt(now) })
  const { browser } = await begun(lucie)
  expect((await browser.refused(verifySecondFactor, { body: codeAt(now - 30_000) })).code).toBe(
    'code_already_used',
  )
})

test('what is no factor of this person is refused like a wrong one', async () => {
  const lucie = await lucieWithPasskey(server)
  const { browser } = await begun(lucie)
  const totp = { method: 'totp', code: '123456' } as const
  expect((await browser.refused(verifySecondFactor, { body: totp })).code).toBe('code_wrong')
  const response = openAuthenticator().make(lucie.passkeyOptions)
  const enrols = { method: 'new_passkey', response } as const
  expect((await browser.refused(verifySecondFactor, { body: enrols })).code).toBe('passkey_refused')
})
