/** Practices as a story needs them: a client of one's own and their space, opened over the API by somebody who may. */
import { expect, type Page } from '@playwright/test'
import { addressOf } from '#platform/contract/endpoint.ts'
import { getTenant, openTenant, Tenant } from '#contract/tenancy'
import { aClient } from './clients.ts'

type Given = { firstName: string; lastName: string }

/** @param by a page of somebody with clients.write and tenants.open */
export async function aPractice(by: Page, { firstName, lastName }: Given): Promise<Tenant> {
  const email = plain(`${firstName}.${lastName}@example.com`)
  const { id: clientId } = await aClient(by, { firstName, lastName, email, status: 'active' })
  const response = await by.request.post(addressOf(openTenant), { data: { clientId } })
  if (!response.ok()) throw new Error(`${response.status()} ${await response.text()}`)
  const { id } = Tenant.parse(await response.json())
  return practiceWhen(by, id, ({ state, work }) => state === 'active' && work === null)
}

/** Addresses have no accents. */
const plain = (text: string) => text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase()

/** Waits until what is done to it has got so far. */
export async function practiceWhen(by: Page, id: string, is: (tenant: Tenant) => boolean): Promise<Tenant> {
  let tenant: Tenant | undefined
  const look = async () => {
    tenant = Tenant.parse(await (await by.request.get(addressOf(getTenant, { id }))).json())
    return is(tenant)
  }
  await expect.poll(look, { timeout: 60_000 }).toBe(true)
  if (!tenant) throw new Error('it was never looked at')
  return tenant
}
