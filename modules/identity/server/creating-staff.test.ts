import { expect, test } from 'vitest'
import { createStaff } from './creating-staff.ts'
import { entriesOf } from '../../../tests/harness/audit.ts'
import { testServer } from '../../../tests/harness/server.ts'

const server = await testServer()
const paul = {
  email: 'Paul.Renard@example.com',
  firstName: 'Paul',
  lastName: 'Renard',
  role: 'support',
  password: 'une phrase assez longue',
}

const lines = () => entriesOf(server, { verb: 'staff.created' })

test('an account is made with its role and one line in the log; the same e-mail is then taken, however it is spelled', async () => {
  expect(await createStaff(server, paul, 'mgp staff create')).toHaveProperty('id')
  expect(await lines()).toMatchObject([{ actorType: 'system', actorId: 'mgp staff create' }])
  expect(await createStaff(server, { ...paul, email: 'PAUL.renard@example.com' }, 'x')).toEqual({
    problem: 'email_taken',
  })
})

test('an unknown role leaves nothing behind', async () => {
  expect(await createStaff(server, { ...paul, email: 'other@example.com', role: 'king' }, 'x')).toEqual({
    problem: 'role_unknown',
  })
  expect(
    await server.db
      .selectFrom('staffMembers')
      .where('email', '=', 'other@example.com')
      .select('id')
      .execute(),
  ).toEqual([])
})

test.each(['clаire@example.com', 'claire@xn--exmple-4nf.com', 'claire@example', 'x'])(
  'the address %j makes no account',
  async (email) => {
    expect(await createStaff(server, { ...paul, email }, 'x')).toEqual({ problem: 'email_wrong' })
  },
)
