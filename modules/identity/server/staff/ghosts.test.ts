import { expect, test } from 'vitest'
import { inviteStaff } from '#contract/identity'
import { isLastSuperAdministrator } from '#server/access'
import { roleId } from '../../../../tests/harness/made-roles.ts'
import { testServer } from '../../../../tests/harness/server.ts'

const server = await testServer()

test('who was invited and never came is no super administrator to leave the house to', async () => {
  const antoine = await server.as('super_administrator')
  const top = await roleId(server.db, 'super_administrator')
  await antoine.call(inviteStaff, {
    body: { email: 'ghost@example.com', firstName: 'Une', lastName: 'Absente', roles: [top] },
  })
  const holders = server.db.selectFrom('staffRoles').where('roleId', '=', top).select('staffId')
  const leaving = server.db
    .updateTable('staffMembers')
    .set({ suspendedAt: new Date() })
    .where('passwordHash', 'is not', null)
    .where('id', 'in', holders)
    .execute()
  await expect(leaving).rejects.toSatisfy(isLastSuperAdministrator)
})
