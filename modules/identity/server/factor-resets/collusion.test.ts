/** One administrator who would be two, and who would have the mails go elsewhere. */
import { Secret, TOTP } from 'otpauth'
import { expect, test } from 'vitest'
import {
  approveFactorReset,
  choosePassword,
  getSession,
  inviteStaff,
  refuseFactorReset,
  signIn,
  startFactorReset,
  updateStaff,
  verifySecondFactor,
} from '#contract/identity'
import { openBrowserless, type Browserless } from '../../../../tests/harness/browserless.ts'
import { lettersTo, tokenMailed } from '../../../../tests/harness/mailbox.ts'
import { madeRole } from '../../../../tests/harness/made-roles.ts'
import { lucieSignedIn } from '../../../../tests/harness/newcomer.ts'
import { testServer } from '../../../../tests/harness/server.ts'

let now = new Date('2026-02-27T08:00:00Z')
const later = (minutes: number) => void (now = new Date(now.getTime() + minutes * 60_000))
const server = await testServer({ clock: { now: () => now } })
const anybody = () => openBrowserless(server.app)
const password = 'sept grenouilles et un nénuphar'
const approves = await madeRole(server.db, { level: 1, permissions: ['staff.reset_factors'] })
const invites = await madeRole(server.db, { level: 2, permissions: ['staff.manage', 'staff.reset_factors'] })

async function victim() {
  const { browser, email } = await lucieSignedIn(server, 'support', now)
  return { id: (await browser.call(getSession)).staffId, email }
}

/** Somebody `by` invites, who signs in at once. */
async function invitedBy(by: Browserless, role: { id: string }): Promise<Browserless> {
  const email = `puppet.${crypto.randomUUID()}@example.com`
  await by.call(inviteStaff, { body: { email, firstName: 'Une', lastName: 'Autre', roles: [role.id] } })
  const token = await tokenMailed(server, email, 'invitation')
  await anybody().call(choosePassword, { body: { token, password } })
  const browser = anybody()
  const first = await browser.call(signIn, { body: { email, password } })
  if (first.step !== 'enrolment') throw new Error('enrolment expected')
  const totp = new TOTP({ secret: Secret.fromBase32(first.secret) })
  const code = totp.generate({ timestamp: now.getTime() })
  await browser.call(verifySecondFactor, { body: { method: 'totp', code } })
  return browser
}

const claire = async () => {
  later(2)
  return anybody().signIn('administrator')
}
const start = async (id: string, by: Browserless) =>
  (await by.call(startFactorReset, { params: { id }, body: { reason: 'Téléphone perdu' } })).id
const approve = (id: string, by: Browserless) => by.call(approveFactorReset, { params: { id } })

test('who was invited by the one who asks is no second opinion; another one is', async () => {
  const { id } = await victim()
  const asking = await claire()
  const reset = await start(id, asking)
  const puppet = await invitedBy(asking, approves)
  expect(await approve(reset, puppet)).toMatchObject({ state: 'waiting', approvals: [{}] })
  const ofPuppet = await invitedBy(await invitedBy(asking, invites), approves)
  expect(await approve(reset, ofPuppet)).toMatchObject({ state: 'waiting', approvals: [{}] })
  later(2)
  const thomas = await anybody().signIn('technical_administrator')
  expect(await approve(reset, thomas)).toMatchObject({ state: 'delayed', approvals: [{}, {}] })
})

test('nor are two whom the same one invited', async () => {
  const { id } = await victim()
  const inviting = await claire()
  const [one, other] = [await invitedBy(inviting, approves), await invitedBy(inviting, approves)]
  const reset = await start(id, one)
  expect(await approve(reset, other)).toMatchObject({ state: 'waiting', approvals: [{}] })
})

test('a month later they are colleagues like any', async () => {
  const { id } = await victim()
  const asking = await claire()
  const email = `colleague.${crypto.randomUUID()}@example.com`
  await asking.call(inviteStaff, {
    body: { email, firstName: 'Une', lastName: 'Autre', roles: [approves.id] },
  })
  const token = await tokenMailed(server, email, 'invitation')
  await anybody().call(choosePassword, { body: { token, password } })
  later(31 * 24 * 60)
  const colleague = anybody()
  const first = await colleague.call(signIn, { body: { email, password } })
  if (first.step !== 'enrolment') throw new Error('enrolment expected')
  const code = new TOTP({ secret: Secret.fromBase32(first.secret) }).generate({ timestamp: now.getTime() })
  await colleague.call(verifySecondFactor, { body: { method: 'totp', code } })
  const reset = await start(id, await claire())
  expect(await approve(reset, colleague)).toMatchObject({ state: 'delayed' })
})

test('an address that was changed, even twice, does not keep the person from hearing of it and stopping it', async () => {
  const { id, email } = await victim()
  const asking = await claire()
  for (const elsewhere of ['elsewhere', 'further'])
    await asking.call(updateStaff, { params: { id }, body: { email: `${elsewhere}.${id}@example.com` } })
  await start(id, asking)
  const about = (await lettersTo(server, email)).map(({ template }) => template)
  expect(about).toContain('factor_reset_requested')
  expect(await lettersTo(server, `elsewhere.${id}@example.com`)).not.toContainEqual(
    expect.objectContaining({ template: 'factor_reset_requested' }),
  )
  const token = await tokenMailed(server, email, 'factor_reset_requested')
  await anybody().call(refuseFactorReset, { body: { token } })
})

test('a month after it was changed the former address is somebody else’s', async () => {
  const { id, email } = await victim()
  await (await claire()).call(updateStaff, { params: { id }, body: { email: `new.${id}@example.com` } })
  later(31 * 24 * 60)
  await start(id, await claire())
  const about = (await lettersTo(server, email)).map(({ template }) => template)
  expect(about).not.toContain('factor_reset_requested')
})
