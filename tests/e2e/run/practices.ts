/** Practices as a story needs them: a client of one's own and their space, opened over the API by somebody who may. */
import { expect, type Page } from '@playwright/test'
import { addressOf } from '#platform/contract/endpoint.ts'
import { getTenant, openTenant, Tenant } from '#contract/tenancy'
import { aClient } from './clients.ts'
import { patiently } from './patiently.ts'

type Given = { firstName: string; lastName: string }

/** @param by a page of somebody with clients.write and tenants.open */
export async function aPractice(by: Page, given: Given): Promise<Tenant> {
  return practiceWhen(by, await asked(by, given), isOpen)
}

/**
 * Several, in their order. The server makes two at a time: it is not left waiting for somebody who asks for the next one.
 * @param by a page of somebody with clients.write and tenants.open
 */
export async function somePractices(by: Page, given: readonly Given[]): Promise<Tenant[]> {
  const ids: string[] = []
  for (const one of given) ids.push(await asked(by, one))
  const open: Tenant[] = []
  // Each has its minute from when the one before it stood open: the last is not there sooner than the first.
  for (const id of ids) open.push(await practiceWhen(by, id, isOpen))
  return open
}

const isOpen = ({ state, work }: Tenant) => state === 'active' && work === null

/** @returns the id of one that is being made */
async function asked(by: Page, { firstName, lastName }: Given): Promise<string> {
  const email = plain(`${firstName}.${lastName}@example.com`)
  const { id: clientId } = await aClient(by, { firstName, lastName, email, status: 'active' })
  const response = await patiently(() => by.request.post(addressOf(openTenant), { data: { clientId } }))
  if (!response.ok()) throw new Error(`${response.status()} ${await response.text()}`)
  return Tenant.parse(await response.json()).id
}

/** Addresses have no accents. */
const plain = (text: string) => text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase()

/** Waits until what is done to it has got so far. */
export async function practiceWhen(by: Page, id: string, is: (tenant: Tenant) => boolean): Promise<Tenant> {
  let tenant: Tenant | undefined
  const look = async () => {
    const response = await patiently(() => by.request.get(addressOf(getTenant, { id })))
    tenant = Tenant.parse(await response.json())
    return is(tenant)
  }
  await expect.poll(look, { timeout: 60_000 }).toBe(true)
  if (!tenant) throw new Error('it was never looked at')
  return tenant
}
