/** Roles and the people who hold them, arranged as the top would. */
import { randomUUID } from 'node:crypto'
import type { Page } from '@playwright/test'
import { addressOf } from '#platform/contract/endpoint.ts'
import { createRole, getMatrix, Role, saveMatrix } from '#contract/access'
import { listStaff, setStaffRoles } from '#contract/identity'
import { firstSignIn, type Cookies } from '../../harness/accounts.ts'
import type { TestCluster } from '../../harness/cluster.ts'
import { colleague } from './colleague.ts'

const nowhere = { departments: [], clients: [], own: false }

/** @param by a page of a super administrator who has just stepped up */
export async function aRole(by: Page, permissions: string[], level = 10): Promise<Role> {
  const name = `Renfort ${randomUUID().slice(0, 8)}`
  const data = { name, description: null, level, limits: nowhere, permissions }
  return Role.parse(await answer(await by.request.post(addressOf(createRole), { data })))
}

/** Somebody hired for this journey who holds this role alone. */
export async function hired(
  by: Page,
  on: { database: TestCluster; url: string },
  firstName: string,
  role: Pick<Role, 'id'>,
): Promise<{ name: string; cookies: Cookies }> {
  const { name, email, password } = await colleague(on.database, firstName)
  const found = await answer(await by.request.get(addressOf(listStaff), { params: { q: email } }))
  const id = listStaff.output.parse(found).rows[0]?.id
  await answer(await by.request.put(addressOf(setStaffRoles, { id }), { data: { roles: [role.id] } }))
  return { name, cookies: await firstSignIn(on.url, email, password) }
}

/** Somebody else saves the matrix. */
export async function gives(by: Page, role: Pick<Role, 'id'>, permission: string): Promise<void> {
  const matrix = await answer(await by.request.get(addressOf(getMatrix)))
  const { revision } = getMatrix.output.parse(matrix)
  const data = { revision, changes: [{ role: role.id, add: [permission] }] }
  await answer(await by.request.put(addressOf(saveMatrix), { data }))
}

async function answer(response: Awaited<ReturnType<Page['request']['get']>>): Promise<unknown> {
  if (!response.ok()) throw new Error(`${response.url()}: ${response.status()} ${await response.text()}`)
  return response.json()
}
