import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import {
  choosePassword,
  getStaff,
  inviteStaff,
  listStaff,
  openLink,
  resendInvitation,
  signIn,
} from '#contract/identity'
import { openBrowserless } from '../../../../tests/harness/browserless.ts'
import { lettersTo, tokenMailed } from '../../../../tests/harness/mailbox.ts'
import { roleId } from '../../../../tests/harness/made-roles.ts'
import { testServer } from '../../../../tests/harness/server.ts'

const server = await testServer()
const claire = await server.as('administrator')
const support = await roleId(server.db, 'support')
const anybody = () => openBrowserless(server.app)
const goodPassword = 'girafe violon nuage tracteur'

const lea = () => ({
  email: `lea.${randomUUID()}@example.com`,
  firstName: 'Léa',
  lastName: 'Simonnet',
  roles: [support],
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
  expect(await anybody().call(choosePassword, { body: { token, password: goodPassword } })).toEqual({
    email: person.email,
  })
  expect(
    await anybody().call(signIn, { body: { email: person.email, password: goodPassword } }),
  ).toMatchObject({ step: 'enrolment' })
  expect(await claire.call(getStaff, { params: { id: invited.id } })).toMatchObject({
    state: 'enrolling',
    invitation: null,
    roleHistory: [{ role: { key: 'support' }, givenBy: 'Claire Fontaine', endedAt: null }],
  })
  expect((await anybody().refused(choosePassword, { body: { token, password: goodPassword } })).code).toBe(
    'link_gone',
  )
})
