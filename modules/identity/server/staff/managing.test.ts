import { describe, expect, test } from 'vitest'
import {
  getSession,
  getStaff,
  listStaff,
  openLink,
  previewStaffRoles,
  reactivateStaff,
  sendPasswordReset,
  setStaffRoles,
  signIn,
  endStaffSession,
  endStaffSessions,
  suspendStaff,
  updateStaff,
} from '#contract/identity'
import { listClients } from '#contract/clients'
import { sql } from '#platform/server/db.ts'
import { openBrowserless, type Browserless } from '../../../../tests/harness/browserless.ts'
import { lettersTo, tokenMailed } from '../../../../tests/harness/mailbox.ts'
import { roleId } from '../../../../tests/harness/made-roles.ts'
import { lucieSignedIn } from '../../../../tests/harness/newcomer.ts'
import { testServer } from '../../../../tests/harness/server.ts'
import type { BuiltInRole } from '#contract/access'

const server = await testServer()
const claire = await server.as('administrator')
const thomas = await server.as('technical_administrator')
const antoine = await server.as('super_administrator')
const anybody = () => openBrowserless(server.app)

const idOf = async (browser: Browserless) => (await browser.call(getSession)).staffId
async function lucie(role?: BuiltInRole) {
  const person = await lucieSignedIn(server, role)
  return { ...person, id: await idOf(person.browser) }
}
/** Within the second that an answer of before may live. */
const signedOut = (browser: Browserless) =>
  expect.poll(async () => (await browser.ask(getSession)).status).toBe(401)
const lettersAbout = async (email: string) => (await lettersTo(server, email)).map(({ template }) => template)

describe('levels', () => {
  const manage = [
    [
      'updated',
      (id: string, by: Browserless) => by.ask(updateStaff, { params: { id }, body: { lastName: 'X' } }),
    ],
    [
      'suspended',
      (id: string, by: Browserless) => by.ask(suspendStaff, { params: { id }, body: { reason: 'X' } }),
    ],
    ['sent a link', (id: string, by: Browserless) => by.ask(sendPasswordReset, { params: { id } })],
  ] as const

  test.each(manage)('who stands above one, or beside, is not %s', async (_, act) => {
    const beside = await lucie('administrator')
    for (const id of [await idOf(antoine), await idOf(thomas), beside.id]) {
      const reply = await act(id, claire)
      expect(reply.status).toBe(403)
      expect(reply.text).toContain('above_your_level')
    }
  })

  test.each(manage)('the top level is %s by its like', async (_, act) => {
    const { id } = await lucie('super_administrator')
    expect((await act(id, antoine)).status).toBeLessThan(300)
  })

  test('whoever may not manage the team at all is told so first', async () => {
    const karim = await server.as('support')
    const { id } = await lucie()
    expect(await karim.refused(suspendStaff, { params: { id }, body: { reason: 'X' } })).toMatchObject({
      code: 'forbidden',
      details: { permission: 'staff.manage' },
    })
  })

  test('lists say whom one may manage', async () => {
    const { rows } = await claire.call(listStaff, { query: { limit: 200 } })
    const manageable = new Map(rows.map((row) => [row.roles[0]?.key, row.manageable]))
    expect(manageable.get('super_administrator')).toBe(false)
    expect(manageable.get('support')).toBe(true)
  })
})

describe('a suspension', () => {
  test('ends sessions and links at once, and the right password opens nothing', async () => {
    const { id, browser, email, password } = await lucie()
    await claire.call(sendPasswordReset, { params: { id } })
    const token = await tokenMailed(server, email, 'password_reset_offered')
    const suspended = await claire.call(suspendStaff, { params: { id }, body: { reason: 'Départ' } })
    expect(suspended).toMatchObject({ state: 'suspended', openSessions: 0 })
    await signedOut(browser)
    expect((await anybody().refused(openLink, { body: { token } })).code).toBe('link_gone')
    expect((await anybody().refused(signIn, { body: { email, password } })).code).toBe('credentials_wrong')
    expect(await lettersAbout(email)).toContain('suspended')
    expect(await claire.call(getStaff, { params: { id } })).toMatchObject({
      suspendedBy: 'Claire Fontaine',
      suspensionReason: 'Départ',
    })
  })

  test('is lifted without bringing back what it ended', async () => {
    const { id, browser, email, password } = await lucie()
    await claire.call(suspendStaff, { params: { id }, body: { reason: 'Départ' } })
    expect(await claire.call(reactivateStaff, { params: { id } })).toMatchObject({
      state: 'active',
      suspendedAt: null,
    })
    await signedOut(browser)
    expect(await anybody().call(signIn, { body: { email, password } })).toMatchObject({
      step: 'second_factor',
    })
    expect(await lettersAbout(email)).toContain('reactivated')
  })

  test('twenty at once suspend once', async () => {
    const { id, email } = await lucie()
    const replies = await Promise.all(
      Array.from({ length: 20 }, () => claire.ask(suspendStaff, { params: { id }, body: { reason: 'X' } })),
    )
    expect(replies.filter(({ status }) => status === 200)).toHaveLength(1)
    expect(replies.filter(({ text }) => text.includes('already_suspended'))).toHaveLength(19)
    expect((await lettersAbout(email)).filter((about) => about === 'suspended')).toHaveLength(1)
  })
})

describe('an address', () => {
  test('that changes is told to both, leaves sessions open, and is the one to sign in with', async () => {
    const { id, browser, email, password } = await lucie()
    await claire.call(sendPasswordReset, { params: { id } })
    const token = await tokenMailed(server, email, 'password_reset_offered')
    const other = email.replace('lucie', 'lucie.aubert')
    await claire.call(updateStaff, { params: { id }, body: { email: other.toUpperCase() } })
    expect((await browser.call(getSession)).email).toBe(other)
    for (const address of [email, other]) {
      const [letter] = (await lettersTo(server, address)).filter(
        ({ template }) => template === 'address_changed',
      )
      expect(letter?.text, address).toContain(email)
      expect(letter?.text, address).toContain(other)
      expect(letter?.text, address).toContain('Claire Fontaine')
    }
    expect((await anybody().refused(openLink, { body: { token } })).code).toBe('link_gone')
    expect((await anybody().refused(signIn, { body: { email, password } })).code).toBe('credentials_wrong')
    expect(await anybody().call(signIn, { body: { email: other, password } })).toMatchObject({
      step: 'second_factor',
    })
  })

  test('of somebody else is taken', async () => {
    const { id } = await lucie()
    expect(
      await claire.refused(updateStaff, { params: { id }, body: { email: 'Sales@example.com' } }),
    ).toMatchObject({ fields: [{ path: 'email', code: 'email_taken' }] })
  })

  test('nothing to correct changes nothing', async () => {
    const { id, email } = await lucie()
    expect(await claire.call(updateStaff, { params: { id }, body: {} })).toMatchObject({ id, email })
  })

  test('that stays is told to nobody', async () => {
    const { id, email } = await lucie()
    const before = await lettersAbout(email)
    const updated = await claire.call(updateStaff, {
      params: { id },
      body: { email, lastName: 'Aubert-Roy' },
    })
    expect(updated).toMatchObject({ lastName: 'Aubert-Roy', email })
    expect(await lettersAbout(email)).toEqual(before)
  })
})

describe('roles', () => {
  test('act on open sessions at the next request, and their history stays', async () => {
    const { id, browser } = await lucie('support')
    const billing = await roleId(server.db, 'billing')
    expect(await claire.call(previewStaffRoles, { params: { id }, query: { roles: billing } })).toEqual({
      gains: [
        'billing.export',
        'billing.settings',
        'clients.export',
        'invoices.issue',
        'invoices.read',
        'invoices.write',
        'payments.write',
        'subscriptions.write',
      ],
      losses: [
        'announcements.publish',
        'impersonation.read',
        'impersonation.start',
        'macros.manage',
        'tenants.read',
      ],
      limited: [],
    })
    const changed = await claire.call(setStaffRoles, { params: { id }, body: { roles: [billing, billing] } })
    expect(changed.roles.map(({ key }) => key)).toEqual(['billing'])
    await expect.poll(async () => (await browser.call(getSession)).roles).toEqual(['billing'])
    const auditor = await roleId(server.db, 'auditor')
    await claire.call(setStaffRoles, { params: { id }, body: { roles: [auditor] } })
    await expect.poll(async () => (await browser.call(getSession)).roles).toEqual(['auditor'])
    expect((await browser.ask(listClients, {})).status).toBe(200)
    const { roleHistory } = await claire.call(getStaff, { params: { id } })
    expect(roleHistory.map(({ role, endedBy }) => [role.key, endedBy])).toEqual([
      ['auditor', null],
      ['billing', 'Claire Fontaine'],
      ['support', 'Claire Fontaine'],
    ])
  })

  test('are not taken from who stands above, nor given beyond one’s own', async () => {
    const { id } = await lucie()
    const roles = [await roleId(server.db, 'technical_administrator')]
    expect(await claire.refused(setStaffRoles, { params: { id }, body: { roles } })).toMatchObject({
      code: 'role_not_yours',
    })
    expect((await claire.call(getStaff, { params: { id } })).roles.map(({ key }) => key)).toEqual(['support'])
  })

  test('one’s own are not one’s to change', async () => {
    const id = await idOf(antoine)
    const roles = [await roleId(server.db, 'support')]
    expect(await antoine.refused(setStaffRoles, { params: { id }, body: { roles } })).toMatchObject({
      code: 'not_yourself',
    })
  })

  test.each(['', 'x', 'support', ','])('a preview of %j is a wrong field', async (roles) => {
    const { id } = await lucie()
    expect(await claire.refused(previewStaffRoles, { params: { id }, query: { roles } })).toMatchObject({
      status: 400,
      fields: [{ in: 'query', path: 'roles', code: 'role_unknown' }],
    })
  })
})

test('of two super administrators who suspend each other at once, one stays', async () => {
  const one = await lucie('super_administrator')
  const other = await lucie('super_administrator')
  const role = await roleId(server.db, 'super_administrator')
  await sql`update staff_members set suspended_at = now() where id not in (${one.id}, ${other.id})
    and id in (select staff_id from staff_roles where role_id = ${role} and ended_at is null)`.execute(
    server.db,
  )
  const replies = await Promise.all([
    one.browser.ask(suspendStaff, { params: { id: other.id }, body: { reason: 'X' } }),
    other.browser.ask(suspendStaff, { params: { id: one.id }, body: { reason: 'X' } }),
  ])
  expect(replies.filter(({ status }) => status === 200)).toHaveLength(1)
  const { rows } = await claire.call(listStaff, {
    query: { role, state: 'active' },
  })
  expect(rows).toHaveLength(1)
})

describe('sessions', () => {
  test('are shown with what they came from, and one of them is ended', async () => {
    const { id, browser } = await lucie()
    const { sessions } = await claire.call(getStaff, { params: { id } })
    expect(sessions).toMatchObject([{ current: false, ip: '127.0.0.1', factor: 'totp' }])
    const session = sessions[0]?.id ?? ''
    await claire.call(endStaffSession, { params: { id, session } })
    await signedOut(browser)
    expect((await claire.call(getStaff, { params: { id } })).sessions).toEqual([])
    expect((await claire.refused(endStaffSession, { params: { id, session } })).status).toBe(404)
  })

  test('of another person are not found under this one', async () => {
    const { id } = await lucie()
    const { sessions } = await claire.call(getStaff, { params: { id } })
    const wrong = { id: await idOf(thomas), session: sessions[0]?.id ?? '' }
    expect((await claire.refused(endStaffSession, { params: wrong })).status).toBe(404)
  })

  test('are ended all together, of whatever level', async () => {
    const { id, browser } = await lucie('technical_administrator')
    expect(await claire.call(endStaffSessions, { params: { id } })).toEqual({ ended: 1 })
    await signedOut(browser)
  })
})
