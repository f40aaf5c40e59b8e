/** Colleagues as a story needs them, and their mail. */
import { Secret, TOTP } from 'otpauth'
import { expect, type Page } from '@playwright/test'
import { addressOf } from '#platform/contract/endpoint.ts'
import { type BuiltInRole, getMatrix } from '#contract/access'
import { inviteStaff, StaffMember } from '#contract/identity'
import { listDemonstrationMails } from '#contract/mail'
import type { TestCluster } from '../../harness/cluster.ts'
import { asAdmin } from './as-admin.ts'

export const password = 'quatre lampes bleues au grenier'

/** Everybody has just shown a second factor: where the question for it is not what a journey is about. */
export async function justSteppedUp(database: TestCluster): Promise<void> {
  await asAdmin(
    database,
    `UPDATE staff_sessions SET stepped_up_at = now() WHERE ended_at IS NULL`,
    `SELECT pg_notify('news', '{"topic":"sessions"}')`,
  )
}

/** @param by a page of somebody with staff.manage, who has just stepped up */
export async function invited(
  by: Page,
  given: { firstName: string; lastName: string; role: BuiltInRole },
): Promise<StaffMember> {
  const { roles } = getMatrix.output.parse(await (await by.request.get(addressOf(getMatrix))).json())
  const role = roles.find(({ key }) => key === given.role)
  const email = `${given.firstName}.${given.lastName}@example.com`.toLowerCase()
  const data = { firstName: given.firstName, lastName: given.lastName, email, roles: [role?.id] }
  const response = await by.request.post(addressOf(inviteStaff), { data })
  if (!response.ok()) throw new Error(`${response.status()} ${await response.text()}`)
  return StaffMember.parse(await response.json())
}

/** The address in the latest mail to somebody that leads to this page, `/invitation` for one, with its token if it has one. */
export async function linkMailedTo(page: Page, email: string, to: string): Promise<string> {
  let url: string | undefined
  const look = async () => {
    const response = await page.request.get(addressOf(listDemonstrationMails))
    const { rows } = listDemonstrationMails.output.parse(await response.json())
    url = rows.find(
      (mail) => mail.to.email === email && mail.action && new URL(mail.action.url).pathname === to,
    )?.action?.url
    return url
  }
  // Scheduled work looks for what is due every twenty seconds.
  await expect.poll(look, { timeout: 60_000 }).toBeDefined()
  return url ?? ''
}

/** From the page of an invitation to the inside: a password, an authenticator, the recovery codes kept. */
export async function comeIn(page: Page): Promise<TOTP> {
  await page.getByLabel('Nouveau mot de passe', { exact: true }).fill(password)
  await page.getByRole('button', { name: 'Enregistrer et continuer' }).click()
  return enrol(page)
}

export async function enrol(page: Page): Promise<TOTP> {
  await expect(page.getByRole('heading', { level: 1, name: 'Protéger votre compte' })).toBeVisible()
  const secret = await page.locator('main code').first().innerText()
  const authenticator = new TOTP({ secret: Secret.fromBase32(secret.replaceAll(/\s/g, '')) })
  await page.getByLabel('Code à six chiffres').fill(authenticator.generate())
  const codes = page.getByRole('list', { name: 'Codes de secours' }).getByRole('listitem')
  await expect(codes).toHaveCount(10)
  await page.getByRole('checkbox', { name: 'Je les ai conservés' }).click()
  await page.getByRole('button', { name: 'Continuer' }).click()
  return authenticator
}
