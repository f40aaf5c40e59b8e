/** Somebody hired for one journey, since it changes what they sign in with. */
import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { Secret, TOTP } from 'otpauth'
import { expect, type Page } from '@playwright/test'
import type { TestCluster } from '../../harness/cluster.ts'
import { asAdmin } from './as-admin.ts'
import { mgp } from './command-line.ts'
import { axeViolations } from './screens.ts'

export type Colleague = { name: string; email: string; password: string }

/** An account with a first password and no second factor yet. */
export async function colleague(
  database: TestCluster,
  firstName: string,
  role = 'billing',
): Promise<Colleague> {
  const email = `${firstName.toLowerCase()}.${randomUUID().slice(0, 8)}@example.com`
  const person = ['--email', email, '--first-name', firstName, '--last-name', 'Arnal', '--role', role]
  const said = await mgp(database, 'staff', 'create', ...person)
  return { name: `${firstName} Arnal`, email, password: said.match(/: (\S+)$/m)?.[1] ?? '' }
}

export async function typePassword(page: Page, { email, password }: Colleague): Promise<void> {
  await page.goto('/sign-in')
  await page.getByLabel('Adresse e-mail').fill(email)
  await page.getByLabel('Mot de passe').fill(password)
  await page.getByRole('button', { name: 'Se connecter', exact: true }).click()
}

export type Phone = {
  /** A code that no one has used yet; waits for its half minute when it must. */
  next(): Promise<string>
  /** The one it gave last. */
  last(): string
}

/** First sign-in, with an authenticator on this telephone. @returns it, and the recovery codes that were kept */
export async function enrolPhone(page: Page, who: Colleague): Promise<{ phone: Phone; codes: string[] }> {
  await typePassword(page, who)
  await expect(page.getByRole('heading', { level: 1, name: 'Protéger votre compte' })).toBeVisible()
  const phone = phoneWith((await page.locator('code').innerText()).replaceAll(/\s/g, ''))
  expect(await axeViolations(page)).toEqual([])
  await page.getByLabel('Code à six chiffres').fill(await phone.next())
  return { phone, codes: await keepCodes(page) }
}

/** The ten codes are shown once, and stand in the way until they are said to be kept. */
export async function keepCodes(page: Page): Promise<string[]> {
  const list = page.getByRole('list', { name: 'Codes de secours' })
  await expect(list.getByRole('listitem')).toHaveCount(10)
  expect(await axeViolations(page)).toEqual([])
  const codes = await list.getByRole('listitem').allInnerTexts()
  await page.getByRole('checkbox', { name: 'Je les ai conservés' }).check()
  await page.getByRole('button', { name: 'Continuer' }).click()
  return codes
}

const slot = 30_000

function phoneWith(secret: string): Phone {
  const totp = new TOTP({ secret: Secret.fromBase32(secret) })
  let used = 0
  let code = ''
  return {
    last: () => code,
    async next() {
      const step = Math.max(used + 1, Math.floor(Date.now() / slot))
      // The server takes the next half minute's code already.
      await sleep(Math.max(0, (step - 1) * slot - Date.now() + 100))
      used = step
      return (code = totp.generate({ timestamp: step * slot }))
    },
  }
}

export async function isIn(page: Page, { name }: Colleague): Promise<void> {
  await expect(page.getByRole('button', { name: `Compte de ${name}` })).toBeVisible()
}

export async function signOut(page: Page, { name }: Colleague): Promise<void> {
  await page.getByRole('button', { name: `Compte de ${name}` }).click()
  await page.getByRole('menuitem', { name: 'Se déconnecter' }).click()
  await expect(page).toHaveURL('/sign-in')
}

/** As if six minutes had passed since the second factor was shown: the code it was shown with is not of this minute either. */
export async function letStepUpAge(
  database: TestCluster,
  { email }: Pick<Colleague, 'email'>,
): Promise<void> {
  const whose = `staff_id = (SELECT id FROM staff_members WHERE email = '${email}')`
  await asAdmin(
    database,
    `UPDATE staff_sessions SET stepped_up_at = now() - interval '6 minutes' WHERE ${whose}`,
    // Of half a minute each. Else a journey that is asked for its third within one waits until the next begins.
    `UPDATE staff_authenticators SET last_step = last_step - 12 WHERE ${whose}`,
    `SELECT pg_notify('news', '{"topic":"sessions"}')`,
  )
}
