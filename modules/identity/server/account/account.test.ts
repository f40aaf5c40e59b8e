import { Secret, TOTP } from 'otpauth'
import { expect, test } from 'vitest'
import {
  addPasskey,
  enrolAuthenticator,
  getAccount,
  getNewAuthenticator,
  getNewPasskey,
  getSession,
  makeRecoveryCodes,
  removeAuthenticator,
  removePasskey,
  renamePasskey,
  signIn,
  verifySecondFactor,
} from '#contract/identity'
import { openBrowserless, type Browserless } from '../../../../tests/harness/browserless.ts'
import { lucieSignedIn, lucieWithPasskey } from '../../../../tests/harness/newcomer.ts'
import { openAuthenticator } from '../../../../tests/harness/passkey.ts'
import { entriesOf } from '../../../../tests/harness/audit.ts'
import { testServer } from '../../../../tests/harness/server.ts'

let now = Date.now()
const server = await testServer({ clock: { now: () => new Date(now) } })

async function scanned(browser: Browserless) {
  const { secret, uri, qrCode, enrolment } = await browser.call(getNewAuthenticator)
  expect(uri).toContain(secret)
  expect(qrCode).toMatch(/^data:image\/svg/)
  const totp = new TOTP({ secret: Secret.fromBase32(secret) })
  return { enrolment, secret, codeAt: (timestamp: number) => totp.generate({ timestamp }) }
}

async function mailsTo(staffId: string) {
  const mails = await server.db
    .selectFrom('outgoingMails')
    .where('staffId', '=', staffId)
    .where('template', '=', 'identity.mail.factor_changed')
    .orderBy('id')
    .select('subject')
    .execute()
  return mails.map(({ subject }) => subject)
}

test('an account shows its means, never a secret of them', async () => {
  const { browser, recoveryCodes } = await lucieWithPasskey(server)
  const account = await browser.call(getAccount)
  expect(account).toMatchObject({
    authenticator: null,
    passkeys: [{ name: 'Clé d’accès', backedUp: true, lastUsedAt: null }],
    recoveryCodes: { left: 10, total: 10 },
  })
  const text = (await browser.ask(getAccount)).text
  for (const code of recoveryCodes) expect(text).not.toContain(code.slice(0, 4))
})

test('an authenticator is enrolled by its first code, and its holder is told', async () => {
  const { browser, staffId } = await lucieWithPasskey(server)
  const { enrolment, codeAt } = await scanned(browser)
  const account = await browser.call(enrolAuthenticator, { body: { enrolment, code: codeAt(now) } })
  expect(account.authenticator).toMatchObject({ lastUsedAt: null })
  expect((await browser.call(getSession)).oneFactorOnly).toBe(false)
  expect(await mailsTo(staffId)).toEqual([
    'Une clé d’accès a été ajoutée à votre compte',
    'Une application d’authentification a été ajoutée à votre compte',
  ])
})

test('a new authenticator takes the place of the former one, whose codes are good no more', async () => {
  const lucie = await lucieSignedIn(server, undefined, new Date(now))
  now += 60_000
  const { enrolment, codeAt } = await scanned(lucie.browser)
  await lucie.browser.call(enrolAuthenticator, { body: { enrolment, code: codeAt(now) } })
  const other = openBrowserless(server.app)
  await other.call(signIn, { body: { email: lucie.email, password: lucie.password } })
  now += 60_000
  const former = { method: 'totp', code: lucie.totp.generate({ timestamp: now }) } as const
  expect((await other.refused(verifySecondFactor, { body: former })).code).toBe('code_wrong')
  await other.call(verifySecondFactor, { body: { method: 'totp', code: codeAt(now) } })
})

test('an offer is good once, for one session, for a quarter of an hour', async () => {
  const [lucie, other] = [await lucieWithPasskey(server), await lucieWithPasskey(server)]
  const { enrolment, codeAt } = await scanned(lucie.browser)
  const body = { enrolment, code: codeAt(now) }
  expect((await other.browser.refused(enrolAuthenticator, { body })).code).toBe('enrolment_expired')
  await lucie.browser.call(enrolAuthenticator, { body })
  expect((await lucie.browser.refused(enrolAuthenticator, { body })).code).toBe('enrolment_expired')
})

test.each([
  ['nothing', ''],
  ['letters', 'AAAA'],
  ['as many letters as may come', 'A'.repeat(500)],
])('%s for an offer is none', async (_what, enrolment) => {
  const { browser } = await lucieWithPasskey(server)
  const refusal = await browser.refused(enrolAuthenticator, { body: { enrolment, code: '123456' } })
  expect(refusal).toMatchObject({ status: 410, code: 'enrolment_expired' })
})

test('twenty times the same offer at once: one enrolment, one mail', async () => {
  const { browser, staffId } = await lucieWithPasskey(server)
  const { enrolment, codeAt } = await scanned(browser)
  const body = { enrolment, code: codeAt(now) }
  const replies = await Promise.all(
    Array.from({ length: 20 }, () => browser.ask(enrolAuthenticator, { body })),
  )
  expect(replies.filter(({ status }) => status === 200)).toHaveLength(1)
  expect(await mailsTo(staffId)).toHaveLength(2)
})

test('a second passkey is added under its name, renamed and removed', async () => {
  const lucie = await lucieWithPasskey(server)
  const { passkey } = await lucie.browser.call(getNewPasskey)
  expect(passkey.excludeCredentials).toHaveLength(1)
  const response = openAuthenticator({ counts: true }).make(passkey)
  const { passkeys } = await lucie.browser.call(addPasskey, { body: { name: 'Clé USB', response } })
  expect(passkeys.map(({ name, backedUp }) => ({ name, backedUp }))).toEqual([
    { name: 'Clé d’accès', backedUp: true },
    { name: 'Clé USB', backedUp: false },
  ])
  const params = { id: passkeys[1]?.id ?? '' }
  const renamed = await lucie.browser.call(renamePasskey, { params, body: { name: 'Clé du tiroir' } })
  expect(renamed.passkeys[1]?.name).toBe('Clé du tiroir')
  expect((await lucie.browser.call(removePasskey, { params })).passkeys).toHaveLength(1)
  expect((await mailsTo(lucie.staffId)).at(-1)).toBe('Une clé d’accès a été retirée de votre compte')
})

test('what was offered to one session is no passkey of another, and none twice', async () => {
  const [lucie, other] = [await lucieWithPasskey(server), await lucieWithPasskey(server)]
  const { passkey } = await lucie.browser.call(getNewPasskey)
  const body = { name: 'Téléphone', response: openAuthenticator().make(passkey) }
  expect((await other.browser.refused(addPasskey, { body })).code).toBe('passkey_refused')
  await lucie.browser.call(addPasskey, { body })
  expect((await lucie.browser.refused(addPasskey, { body })).code).toBe('passkey_refused')
  expect((await lucie.browser.call(getAccount)).passkeys).toHaveLength(2)
})

test('a passkey of somebody else is not found', async () => {
  const [lucie, other] = [await lucieWithPasskey(server), await lucieWithPasskey(server)]
  const { passkeys } = await other.browser.call(getAccount)
  const params = { id: passkeys[0]?.id ?? '' }
  expect((await lucie.browser.refused(removePasskey, { params })).status).toBe(404)
  expect((await lucie.browser.refused(renamePasskey, { params, body: { name: 'Mienne' } })).status).toBe(404)
  expect((await lucie.browser.refused(removeAuthenticator)).status).toBe(404)
})

test('of the last two means removed at once, one stays', async () => {
  const { browser } = await lucieWithPasskey(server)
  const { enrolment, codeAt } = await scanned(browser)
  const account = await browser.call(enrolAuthenticator, { body: { enrolment, code: codeAt(now) } })
  const params = { id: account.passkeys[0]?.id ?? '' }
  const replies = await Promise.all([
    browser.ask(removeAuthenticator),
    browser.ask(removePasskey, { params }),
  ])
  expect(replies.map(({ status }) => status).toSorted()).toEqual([200, 409])
})

test('new recovery codes end the former ones', async () => {
  const lucie = await lucieWithPasskey(server)
  const { codes } = await lucie.browser.call(makeRecoveryCodes)
  expect(new Set([...codes, ...lucie.recoveryCodes]).size).toBe(20)
  const other = openBrowserless(server.app)
  await other.call(signIn, { body: { email: lucie.email, password: lucie.password } })
  const [former = ''] = lucie.recoveryCodes
  const [fresh = ''] = codes
  const showing = (code: string) => ({ body: { method: 'recovery_code', code } }) as const
  expect((await other.refused(verifySecondFactor, showing(former))).code).toBe('code_wrong')
  await other.call(verifySecondFactor, showing(fresh))
  expect((await lucie.browser.call(getAccount)).recoveryCodes).toMatchObject({ left: 9, total: 10 })
  const entries = await entriesOf(server, { verb: 'staff.recovery_codes_created' })
  expect(entries.length).toBeGreaterThan(0)
  expect(JSON.stringify(entries)).not.toContain(fresh.slice(0, 4))
})
