/** The practices' people as a story needs them. Node does not know `app.localhost`: there the browser asks. */
import { randomUUID } from 'node:crypto'
import { expect, type Page } from '@playwright/test'
import { addressOf, type AnyEndpoint, type OutputOf } from '#platform/contract/endpoint.ts'
import { addMember, listDemonstrationMembers, Member, signInMember, type Profile } from '#contract/identity'
import { openTenant, Tenant } from '#contract/tenancy'
import { aClient } from './clients.ts'
import { practiceWhen } from './practices.ts'
import { linkMailedTo, password } from './team.ts'

/** Calls an endpoint from the page, with its cookies; it must stand on the endpoint's host. */
export async function callFrom<E extends AnyEndpoint>(
  page: Page,
  endpoint: E,
  body?: unknown,
): Promise<OutputOf<E>> {
  const answer = await page.evaluate(
    async ({ url, method, json }) => {
      const given = json && { headers: { 'content-type': 'application/json' }, body: json }
      const response = await fetch(url, { method, ...given })
      return { status: response.status, text: await response.text() }
    },
    { url: addressOf(endpoint), method: endpoint.method, json: body ? JSON.stringify(body) : undefined },
  )
  if (answer.status >= 400) throw new Error(`${endpoint.path}: ${answer.status} ${answer.text}`)
  return JSON.parse(answer.text) as OutputOf<E> // the server checks its answers
}

/**
 * Signs the page's browser in as somebody of a demonstration practice who may do everything in it.
 * @param origin where a browser has none of its own that addresses begin from
 */
export async function enterDemonstrationPractice(page: Page, origin = ''): Promise<void> {
  await page.goto(`${origin}/sign-in`)
  const { rows } = await callFrom(page, listDemonstrationMembers)
  const who = rows.find(
    ({ practices: [only, ...others] }) =>
      only?.profile === 'practitioner' && !only.suspended && others.length === 0,
  )
  if (!who) throw new Error('the demonstration has no practitioner of one practice')
  const answer = await callFrom(page, signInMember, { email: who.email, password: who.password })
  expect(answer.step).toBe('entered')
}

export type Opened = { tenantId: string; name: string; email: string }

/** A client, and the practice opened for them; its holder is invited. @param by a page of somebody with tenants.open */
export async function opened(
  by: Page,
  firstName: string,
  lastName: string,
  kind: Profile = 'practitioner',
): Promise<Opened> {
  const email = `holder.${randomUUID().slice(0, 8)}@example.com`
  const { id: clientId } = await aClient(by, { kind, firstName, lastName, email, status: 'active' })
  const response = await by.request.post(addressOf(openTenant), { data: { clientId } })
  if (!response.ok()) throw new Error(`${response.status()} ${await response.text()}`)
  const { id: tenantId, name } = Tenant.parse(await response.json())
  await practiceWhen(by, tenantId, ({ state, work }) => state === 'active' && work === null)
  return { tenantId, name, email }
}

/** @param by a page of somebody with tenants.open, who has just stepped up */
export async function joined(
  by: Page,
  { tenantId }: Opened,
  given: { email: string; firstName: string; lastName: string; profile: Profile },
): Promise<Member> {
  const response = await by.request.post(addressOf(addMember, { id: tenantId }), { data: given })
  if (!response.ok()) throw new Error(`${response.status()} ${await response.text()}`)
  return Member.parse(await response.json())
}

/** From the mail to the inside: chooses the first password by the link. @param staff a page that reads the captured mails */
export async function comesIn(page: Page, staff: Page, email: string): Promise<void> {
  await page.goto(await linkMailedTo(staff, email, '/invitation'))
  await page.getByLabel('Nouveau mot de passe', { exact: true }).fill(password)
  await page.getByRole('button', { name: 'Choisir ce mot de passe' }).click()
}

/** By the menu, in which a telephone has what is not under the thumb one tap further. */
export async function goesTo(page: Page, name: string): Promise<void> {
  const more = page.getByRole('button', { name: 'Plus', exact: true })
  const beside = page.getByRole('navigation', { name: 'Navigation principale' }).filter({ visible: true })
  await expect(beside).toHaveCount(1)
  if (!(await more.isVisible())) return beside.getByRole('link', { name, exact: true }).click()
  await more.click()
  await page.getByRole('dialog').getByRole('link', { name, exact: true }).click()
}

/** By the page, as ever. */
export async function signsIn(page: Page, email: string): Promise<void> {
  await page.goto('/sign-in')
  await page.getByLabel('Adresse e-mail').fill(email)
  await page.getByLabel('Mot de passe', { exact: true }).fill(password)
  await page.getByRole('button', { name: 'Se connecter', exact: true }).click()
}
