import { expect, test } from 'vitest'
import { changePassword, getSession, signIn, stepUp, suspendStaff } from '#contract/identity'
import { entriesOf } from '../../../../tests/harness/audit.ts'
import { openBrowserless } from '../../../../tests/harness/browserless.ts'
import { lucieSignedIn } from '../../../../tests/harness/newcomer.ts'
import { testServer } from '../../../../tests/harness/server.ts'

const server = await testServer()
let last = 0
const stranger = () => openBrowserless(server.app, 'localhost:3000', `192.0.2.${++last}`)
const refusals = (object?: string) =>
  entriesOf(server, { verb: 'staff.sign_in_refused', ...(object && { object }) })
const wrong = 'une autre phrase de passe'

test('a wrong password is an entry about the account, by nobody known, from that address', async () => {
  const lucie = await lucieSignedIn(server)
  const { staffId } = await lucie.browser.call(getSession)
  const guest = stranger()
  await guest.refused(signIn, { body: { email: lucie.email, password: wrong } })
  expect(await refusals(staffId)).toMatchObject([
    {
      result: 'refused',
      actorType: 'anonymous',
      objectType: 'staff_member',
      after: { kind: 'password_wrong' },
      ip: `192.0.2.${last}`,
      userAgent: 'lightMyRequest',
    },
  ])
})

test('what was typed stands nowhere in it, and an account that does not exist is nobody’s', async () => {
  const email = 'une.phrase.secrete@example.com'
  await stranger().refused(signIn, { body: { email, password: wrong } })
  const entry = (await refusals()).at(-1)
  expect(entry).toMatchObject({ objectId: null, after: { kind: 'account_unknown' } })
  expect(JSON.stringify(entry)).not.toMatch(/secrete|phrase/)
})

test('a suspended person who knows the password is told of as such', async () => {
  const lucie = await lucieSignedIn(server)
  const { staffId: id } = await lucie.browser.call(getSession)
  const claire = await server.as('administrator')
  await claire.call(suspendStaff, { params: { id }, body: { reason: 'Départ' } })
  await stranger().refused(signIn, { body: { email: lucie.email, password: lucie.password } })
  expect(await refusals(id)).toMatchObject([{ after: { kind: 'account_suspended' } }])
})

test('a slip in one’s own session is told once, by the action that was refused', async () => {
  const { browser } = await lucieSignedIn(server)
  const { staffId } = await browser.call(getSession)
  await browser.refused(changePassword, {
    body: { current: wrong, password: 'encore une phrase assez longue', endOtherSessions: false },
  })
  await browser.refused(stepUp, { body: { method: 'totp', code: '000000' } })
  expect(await refusals(staffId)).toEqual([])
  const told = (await entriesOf(server, { result: 'refused' })).filter(({ actorId }) => actorId === staffId)
  expect(told.map(({ verb, after }) => ({ verb, after }))).toEqual([
    { verb: 'staff.password_changed', after: { refusal: 'password_wrong' } },
    { verb: 'session.stepped_up', after: { refusal: 'code_wrong' } },
  ])
})

test('what a block answers leaves neither event nor entry, so that a flood fills nothing', async () => {
  const flood = stranger()
  const tries = async () =>
    (
      await Promise.all(
        Array.from({ length: 10 }, (_, at) =>
          flood.ask(signIn, { body: { email: `nobody.${last}.${at}@example.com`, password: wrong } }),
        ),
      )
    ).map(({ status }) => status)
  const statuses: number[] = []
  for (let turn = 0; turn < 6; turn++) statuses.push(...(await tries()))
  expect(statuses.filter((status) => status === 429).length).toBeGreaterThan(10)
  const checked = statuses.filter((status) => status !== 429).length
  const ip = `192.0.2.${last}`
  await expect.poll(async () => (await refusals()).filter((entry) => entry.ip === ip).length).toBe(checked)
  const events = await server.db.selectFrom('staffSignInEvents').where('ip', '=', ip).select('id').execute()
  expect(events).toHaveLength(checked)
})
