import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import {
  choosePassword,
  getStaff,
  inviteStaff,
  openLink,
  resendInvitation,
  signIn,
  updateStaff,
} from '#contract/identity'
import { openBrowserless } from '../../../../tests/harness/browserless.ts'
import { lettersTo, tokenMailed } from '../../../../tests/harness/mailbox.ts'
import { roleId } from '../../../../tests/harness/made-roles.ts'
import { testServer } from '../../../../tests/harness/server.ts'

let now = new Date()
const server = await testServer({ clock: { now: () => now } })
const claire = await server.as('administrator')
const support = await roleId(server.db, 'support')
const anybody = () => openBrowserless(server.app)
const password = 'girafe violon nuage tracteur'

const lea = (over: { email?: string; roles?: string[]; language?: 'fr' | 'en' } = {}) => ({
  email: `lea.${randomUUID()}@example.com`,
  firstName: 'Léa',
  lastName: 'Simonnet',
  roles: [support],
  ...over,
})

test('who is invited receives a link, chooses a password by it, and is then asked to enrol a second factor', async () => {
  const person = lea()
  const invited = await claire.call(inviteStaff, { body: person })
  expect(invited).toMatchObject({
    email: person.email,
    state: 'invited',
    roles: [{ key: 'support' }],
    level: 40,
    manageable: true,
  })
  const [letter, ...others] = await lettersTo(server, person.email)
  expect(others).toEqual([])
  expect(letter).toMatchObject({ template: 'invitation', language: 'fr' })
  expect(letter?.url).toMatch(/^http:\/\/localhost:3000\/invitation#[\w-]{43}$/)
  expect(letter?.text).toContain('Claire Fontaine vous a ouvert un compte')

  const token = letter?.token ?? ''
  expect(await anybody().call(openLink, { body: { token } })).toMatchObject({
    kind: 'invitation',
    email: person.email,
  })
  expect(await anybody().call(choosePassword, { body: { token, password } })).toEqual({
    email: person.email,
  })
  expect(await anybody().call(signIn, { body: { email: person.email, password } })).toMatchObject({
    step: 'enrolment',
  })
  expect(await claire.call(getStaff, { params: { id: invited.id } })).toMatchObject({
    state: 'enrolling',
    invitation: null,
    roleHistory: [{ role: { key: 'support' }, givenBy: 'Claire Fontaine', endedAt: null }],
  })
  expect((await anybody().refused(choosePassword, { body: { token, password } })).code).toBe('link_gone')
})

test('without a password nobody comes in, by none that could be typed', async () => {
  const { email } = await claire.call(inviteStaff, { body: lea() })
  for (const typed of ['null', 'undefined', 'nobody has this password'])
    expect((await anybody().refused(signIn, { body: { email, password: typed } })).code).toBe(
      'credentials_wrong',
    )
})

test('the letter speaks the language of the person', async () => {
  const { email } = await claire.call(inviteStaff, { body: lea({ language: 'en' }) })
  const [letter] = await lettersTo(server, email)
  expect(letter?.subject).toBe('Your MaGestionPsy account is waiting')
  expect(letter?.text).toContain('Claire Fontaine has opened an account for you')
})

test('an invitation sent again replaces the former one, and says until when it is good', async () => {
  const { id, email } = await claire.call(inviteStaff, { body: lea() })
  const first = await tokenMailed(server, email, 'invitation')
  now = new Date(now.getTime() + 60_000)
  await claire.call(resendInvitation, { params: { id } })
  const second = await tokenMailed(server, email, 'invitation')
  expect(second).not.toBe(first)
  expect((await anybody().refused(openLink, { body: { token: first } })).code).toBe('link_gone')
  const until = new Date(now.getTime() + 7 * 24 * 3_600_000).toISOString()
  expect(await anybody().call(openLink, { body: { token: second } })).toMatchObject({ expiresAt: until })
  expect(await claire.call(getStaff, { params: { id } })).toMatchObject({
    invitation: { sentAt: now.toISOString(), expiresAt: until },
  })
})

test('an address that is corrected takes the invitation along, and the one sent astray is worth nothing', async () => {
  const { id, email } = await claire.call(inviteStaff, { body: lea() })
  const astray = await tokenMailed(server, email, 'invitation')
  const right = `lea.${randomUUID()}@example.com`
  await claire.call(updateStaff, { params: { id }, body: { email: right } })
  expect((await anybody().refused(openLink, { body: { token: astray } })).code).toBe('link_gone')
  const token = await tokenMailed(server, right, 'invitation')
  expect(await anybody().call(choosePassword, { body: { token, password } })).toEqual({ email: right })
})

test('twenty invitations of one address at once make one account', async () => {
  const person = lea()
  const replies = await Promise.all(
    Array.from({ length: 20 }, () => claire.ask(inviteStaff, { body: person })),
  )
  expect(replies.filter(({ status }) => status === 201)).toHaveLength(1)
  for (const { status, text } of replies.filter((reply) => reply.status !== 201)) {
    expect(status).toBe(400)
    expect(text).toContain('email_taken')
  }
  expect(await lettersTo(server, person.email)).toHaveLength(1)
})

test('an address is the same in capitals', async () => {
  const { email } = await claire.call(inviteStaff, { body: lea() })
  expect(await claire.refused(inviteStaff, { body: lea({ email: email.toUpperCase() }) })).toMatchObject({
    fields: [{ path: 'email', code: 'email_taken' }],
  })
})

describe('an address is one, and looks like no other', () => {
  test.each([
    ['Cyrillic letters', 'clаire@example.com', 'email_not_ascii'],
    ['a ligature', 'ﬁona@example.com', 'email_not_ascii'],
    ['full-width letters', 'ｃlaire@example.com', 'email_not_ascii'],
    ['a domain of other letters', 'claire@exаmple.com', 'email_not_ascii'],
    ['the same written in punycode', 'claire@xn--exmple-4nf.com', 'email_not_ascii'],
    ['punycode further down', 'claire@mail.XN--exmple-4nf.com', 'email_not_ascii'],
    ['a space', 'claire fontaine@example.com', 'email_not_ascii'],
    ['no domain', 'claire@', 'email_invalid'],
    ['no name', '@example.com', 'email_invalid'],
    ['a host alone', 'claire@localhost', 'email_invalid'],
    ['two of them', 'claire@example.com,karim@example.com', 'email_invalid'],
    ['a name before it', 'Claire<claire@example.com>', 'email_invalid'],
    ['quotes', '"claire"@example.com', 'email_invalid'],
    ['two dots', 'claire..f@example.com', 'email_invalid'],
  ])('%s', async (_, email, code) => {
    expect(await claire.refused(inviteStaff, { body: lea({ email }) })).toMatchObject({
      status: 400,
      fields: [{ in: 'body', path: 'email', code }],
    })
  })

  test('a line break begins no header', async () => {
    const email = 'lea@example.com\r\nBcc: all@example.com'
    expect((await claire.refused(inviteStaff, { body: lea({ email }) })).status).toBe(400)
  })
})

describe('roles are given by who may give them', () => {
  test.each(['super_administrator', 'technical_administrator', 'administrator'])(
    'an administrator does not give %s',
    async (role) => {
      const roles = [support, await roleId(server.db, role)]
      expect(await claire.refused(inviteStaff, { body: lea({ roles }) })).toMatchObject({
        status: 403,
        code: 'role_not_yours',
        details: { roles: [role] },
      })
    },
  )

  test('a role that does not exist is a wrong field', async () => {
    const roles = ['01900000-0000-7000-8000-000000000000']
    expect(await claire.refused(inviteStaff, { body: lea({ roles }) })).toMatchObject({
      status: 400,
      fields: [{ path: 'roles', code: 'role_unknown' }],
    })
  })

  test('what is refused leaves neither account nor letter', async () => {
    const person = lea({ roles: [await roleId(server.db, 'super_administrator')] })
    await claire.refused(inviteStaff, { body: person })
    expect(await lettersTo(server, person.email)).toEqual([])
    expect(
      await server.db.selectFrom('staffMembers').where('email', '=', person.email).select('id').execute(),
    ).toEqual([])
  })
})
