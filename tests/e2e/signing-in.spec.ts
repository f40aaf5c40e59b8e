import { Secret, TOTP } from 'otpauth'
import { toString as toQrCode } from 'qrcode'
import { keepCodes } from './run/colleague.ts'
import { mgp } from './run/command-line.ts'
import { settled } from './run/screens.ts'
import { expect, test } from './run/test.ts'

const thirtySeconds = 30_000

test('a new colleague enrols an authenticator at the first sign-in, then signs in with it', async ({
  open,
  demonstration,
  faults,
}) => {
  const person = ['--first-name', 'Lucie', '--last-name', 'Arnal', '--role', 'billing']
  const said = await mgp(
    demonstration.database,
    'staff',
    'create',
    '--email',
    'lucie.arnal@example.com',
    ...person,
  )
  const password = said.match(/: (\S+)$/m)?.[1] ?? ''
  const page = await open('nobody')

  await page.goto('/')
  await expect(page).toHaveURL('/sign-in')
  await page.getByLabel('Adresse e-mail').fill('lucie.arnal@example.com')
  await page.getByLabel('Mot de passe').fill(password)
  await page.getByRole('button', { name: 'Se connecter', exact: true }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Protéger votre compte' })).toBeVisible()

  const secret = Secret.fromBase32((await page.locator('code').innerText()).replaceAll(/\s/g, ''))
  const authenticator = new TOTP({ issuer: 'MaGestionPsy', label: 'lucie.arnal@example.com', secret })
  const picture = page.getByRole('img', { name: /Code QR/ })
  await expect(picture).toHaveJSProperty('complete', true)
  expect(await picture.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(0)
  const svg = await toQrCode(authenticator.toString(), { type: 'svg', margin: 2 })
  await expect(picture).toHaveAttribute('src', `data:image/svg+xml;utf8,${encodeURIComponent(svg)}`)

  await page.getByLabel('Code à six chiffres').fill(authenticator.generate())
  await keepCodes(page)
  const askedInVain: string[] = []
  await page.getByRole('button', { name: 'Compte de Lucie Arnal' }).click()
  page.on('response', (response) => response.status() === 401 && askedInVain.push(response.url()))
  await page.getByRole('menuitem', { name: 'Se déconnecter' }).click()
  await expect(page).toHaveURL('/sign-in')
  await settled(page)
  expect(askedInVain, 'nothing is asked in the name of who has left').toEqual([])

  await page.getByLabel('Adresse e-mail').fill('lucie.arnal@example.com')
  await page.getByLabel('Mot de passe').fill(password)
  await page.getByRole('button', { name: 'Se connecter', exact: true }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Second facteur' })).toBeVisible()
  // The code that enrolled is spent; the next one is already good.
  const next = authenticator.generate({ timestamp: Date.now() + thirtySeconds })
  await page.getByLabel('Code à six chiffres').fill(next)
  await expect(page.getByRole('button', { name: 'Compte de Lucie Arnal' })).toBeVisible()
  await page.keyboard.press('Control+k')
  await page.getByRole('combobox', { name: 'Rechercher' }).fill('déconnexion')
  await expect(page.getByRole('option', { name: 'Se déconnecter' })).toBeVisible()
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL('/sign-in')
  faults.allow(/401.*\/api\/v1\/session/)
})

test('the sign-in page says which installation it is, asks nothing in vain and does not move as it comes', async ({
  open,
}) => {
  const page = await open('nobody')
  await page.addInitScript(() => {
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries())
        performance.mark('shift', { detail: (entry as unknown as { value: number }).value }) // a layout shift has one
    }).observe({ type: 'layout-shift', buffered: true })
  })
  const askedInVain: string[] = []
  page.on('response', (response) => response.status() === 401 && askedInVain.push(response.url()))
  // The accounts come late: their room is kept.
  await page.route('**/demonstration/accounts', async (route) => {
    await page.getByRole('heading', { name: 'Comptes de démonstration' }).waitFor()
    await route.continue()
  })
  await page.goto('/sign-in')
  await expect(page.getByRole('button', { name: /^Conformité/ })).toBeVisible()
  await settled(page)
  await expect(page.getByText('Démonstration', { exact: true })).toBeVisible()
  expect(askedInVain).toEqual([])
  const shift = await page.evaluate(() =>
    performance
      .getEntriesByName('shift')
      .reduce((sum, entry) => sum + Number((entry as PerformanceMark).detail), 0),
  )
  expect(shift).toBeLessThan(0.02)
})

test('a demonstration account signs in by two clicks', async ({ open }) => {
  const page = await open('nobody')
  await page.goto('/sign-in')
  await page.getByRole('button', { name: /^Conformité/ }).click()
  await page.getByRole('button', { name: 'Se connecter', exact: true }).click()
  await expect(page.getByRole('button', { name: 'Compte de Nadège Rousseau' })).toBeVisible()
})

test('a wrong password and a wrong code are told, and nothing opens', async ({ open, faults }) => {
  faults.allow(/40[13]/)
  const page = await open('nobody')
  await page.goto('/sign-in')
  await page.getByLabel('Adresse e-mail').fill('auditor@example.com')
  await page.getByLabel('Mot de passe').fill('pas celui-ci')
  await page.getByRole('button', { name: 'Se connecter', exact: true }).click()
  await expect(page.getByRole('alert')).toContainText('Adresse e-mail ou mot de passe incorrect.')

  await page.getByRole('button', { name: /^Auditeur/ }).click()
  // Typed by a person who does not let the demonstration fill it in.
  await page.route('**/api/v1/demonstration/accounts', (route) => route.abort('aborted'))
  await page.getByRole('button', { name: 'Se connecter', exact: true }).click()
  const code = page.getByLabel('Code à six chiffres')
  await code.fill('000000')
  await expect(page.getByText('Ce code n’est pas le bon.')).toBeVisible()
  await expect(code).toHaveValue('')
  await expect(code).toBeFocused()
  await page.goto('/')
  await expect(page).toHaveURL('/sign-in')
})

test('who asks for a page while signed out gets it after signing in', async ({ open, faults }) => {
  faults.allow(/401/)
  const page = await open('nobody')
  await page.goto('/audit?action=staff.signed_in')
  await expect(page).toHaveURL(/\/sign-in\?next=/)
  await page.getByRole('button', { name: /^Auditeur/ }).click()
  await page.getByRole('button', { name: 'Se connecter', exact: true }).click()
  await expect(page).toHaveURL('/audit?action=staff.signed_in')
})

test('signing out ends the session on the server, in every tab', async ({ open, faults }) => {
  faults.allow(/401/)
  const page = await open('nobody')
  await page.goto('/sign-in')
  await page.getByRole('button', { name: /^Commercial/ }).click()
  await page.getByRole('button', { name: 'Se connecter', exact: true }).click()
  const account = page.getByRole('button', { name: 'Compte de Julien Prévost' })
  await expect(account).toBeVisible()
  const stolen = await page.context().cookies()
  const otherTab = await page.context().newPage()
  await otherTab.goto('/')
  await expect(otherTab.getByRole('button', { name: 'Compte de Julien Prévost' })).toBeVisible()

  await account.click()
  await page.getByRole('menuitem', { name: 'Se déconnecter' }).click()
  await expect(page).toHaveURL('/sign-in')
  await expect(page.getByLabel('Adresse e-mail')).toBeVisible()
  await expect(page.getByText('Votre session est terminée.')).toHaveCount(0)
  await expect(otherTab).toHaveURL(/\/sign-in/)

  const elsewhere = await open('nobody')
  await elsewhere.context().addCookies(stolen)
  await elsewhere.goto('/')
  await expect(elsewhere).toHaveURL(/\/sign-in/)
})
