/** Members in their practices: from the mail that invites them to the one page that says whose practice it is. */
import { addressOf } from '#platform/contract/endpoint.ts'
import { resumeTenant, suspendTenant } from '#contract/tenancy'
import { downloadOf } from './run/downloads.ts'
import { newsHeardBy } from './run/news.ts'
import { comesIn, enterDemonstrationPractice, goesTo, joined, opened, signsIn } from './run/members.ts'
import { axeViolations, isTooWide, settled } from './run/screens.ts'
import { justSteppedUp } from './run/team.ts'
import { expect, test } from './run/test.ts'

const phone = { viewport: { width: 390, height: 844 }, hasTouch: true }
/** As names are in French, and as a system numbers what was downloaded twice. */
const bail = "Avenant d'avril (2).pdf"
const pdf = (words: string) => ({
  name: bail,
  mimeType: 'application/pdf',
  buffer: Buffer.from(`%PDF-1.7\n${words}`),
})

test('invited by mail, somebody chooses a password and is in their practice; it is renamed, a colleague hears of it, another practice does not', async ({
  open,
  faults,
  demonstration,
}) => {
  const { server, database } = demonstration
  const staff = await open('super_administrator')
  await staff.goto('/')
  await justSteppedUp(database)
  const moreau = await opened(staff, 'Claire', 'Moreau')
  const caron = await opened(staff, 'Yves', 'Caron')
  const lea = `lea.${moreau.tenantId.slice(-8)}@example.com`
  await joined(staff, moreau, { email: lea, firstName: 'Léa', lastName: 'Fabre', profile: 'secretary' })

  const claire = await open('nobody', { ...phone, baseURL: server.practiceUrl })
  await comesIn(claire, staff, moreau.email)
  await expect(claire.getByRole('heading', { level: 1, name: moreau.name })).toBeVisible()
  await expect(claire.getByText('Claire Moreau (vous)')).toBeVisible()
  await settled(claire)
  expect(await axeViolations(claire)).toEqual([])
  expect(await isTooWide(claire)).toBe(false)
  // Nothing of the link is left to whoever looks over the shoulder, or into the history.
  expect(claire.url()).toBe(`${server.practiceUrl}/`)

  const colleague = await open('nobody', { baseURL: server.practiceUrl })
  await comesIn(colleague, staff, lea)
  await expect(colleague.getByRole('heading', { level: 1, name: moreau.name })).toBeVisible()
  const stranger = await open('nobody', { baseURL: server.practiceUrl })
  const strangerHeard = await newsHeardBy(stranger)
  await comesIn(stranger, staff, caron.email)
  await expect(stranger.getByRole('heading', { level: 1, name: caron.name })).toBeVisible()
  await expect.poll(() => strangerHeard).toContain('hello')

  await goesTo(claire, 'Réglages')
  await claire.getByLabel('Nom du cabinet').fill('Cabinet des Tilleuls')
  await claire
    .getByRole('region', { name: 'Le cabinet' })
    .getByRole('button', { name: 'Enregistrer' })
    .click()
  await expect(claire.getByText('Réglages enregistrés')).toBeVisible()
  await expect(colleague.getByRole('heading', { level: 1, name: 'Cabinet des Tilleuls' })).toBeVisible()
  expect(strangerHeard.filter((topic) => topic !== 'hello')).toEqual([])

  // A secretary is not even shown the way to the settings, and finds them closed.
  await expect(colleague.getByRole('link', { name: 'Réglages' })).toHaveCount(0)
  await colleague.goto('/settings')
  await expect(
    colleague.getByRole('heading', { level: 1, name: 'Cette page n’est pas ouverte à votre profil' }),
  ).toBeVisible()

  await claire.getByRole('button', { name: 'Compte de Claire Moreau' }).click()
  await claire.getByRole('menuitem', { name: 'Se déconnecter' }).click()
  await expect(claire).toHaveURL('/sign-in')
  faults.allow(/401: GET .*\/session$/, /console: .*401/)
  await claire.goto('/files')
  await expect(claire).toHaveURL('/sign-in?next=%2Ffiles')
  await signsIn(claire, moreau.email)
  await expect(claire.getByRole('heading', { level: 1, name: 'Cabinet des Tilleuls' })).toBeVisible()
})

test('a secretary with a space of her own manages it; whoever works for her is sent to her', async ({
  open,
  demonstration,
}) => {
  const { server, database } = demonstration
  const staff = await open('super_administrator')
  await staff.goto('/')
  await justSteppedUp(database)
  const space = await opened(staff, 'Zoé', 'Fontaine', 'secretary')
  const nora = { email: `nora.${space.tenantId.slice(-8)}@example.com`, firstName: 'Nora', lastName: 'Petit' }
  await joined(staff, space, { ...nora, profile: 'secretary' })

  const zoe = await open('nobody', { ...phone, baseURL: server.practiceUrl })
  await comesIn(zoe, staff, space.email)
  await goesTo(zoe, 'Réglages')
  await zoe.getByLabel('Nom du cabinet').fill('Secrétariat des Tilleuls')
  await zoe.getByRole('button', { name: 'Enregistrer' }).click()
  await expect(zoe.getByText('Réglages enregistrés')).toBeVisible()

  const employed = await open('nobody', { baseURL: server.practiceUrl })
  await comesIn(employed, staff, nora.email)
  await expect(employed.getByRole('heading', { level: 1, name: 'Secrétariat des Tilleuls' })).toBeVisible()
  await employed.goto('/settings')
  await expect(employed.getByText('demandez à la personne qui tient le cabinet')).toBeVisible()
})

test('files are shared in the practice, from a telephone to the desk, and nowhere else', async ({
  open,
  faults,
  demonstration,
}) => {
  const { server, database } = demonstration
  const staff = await open('super_administrator')
  await staff.goto('/')
  await justSteppedUp(database)
  const practice = await opened(staff, 'Nadia', 'Lambert')
  const other = await opened(staff, 'Paul', 'Rousseau')
  const nadia = await open('nobody', { ...phone, baseURL: server.practiceUrl })
  await comesIn(nadia, staff, practice.email)
  const desk = await open('nobody', { baseURL: server.practiceUrl })
  await signsIn(desk, practice.email)
  await goesTo(desk, 'Fichiers')
  await expect(desk.getByText('Aucun fichier pour l’instant')).toBeVisible()
  const paul = await open('nobody', { baseURL: server.practiceUrl })
  await comesIn(paul, staff, other.email)
  await goesTo(paul, 'Fichiers')

  await goesTo(nadia, 'Fichiers')
  await nadia.locator('input[type="file"]').setInputFiles(pdf('le bail'))
  await expect(nadia.getByText('Fichier ajouté')).toBeVisible()
  await expect(desk.getByText(bail)).toBeVisible()
  await settled(nadia)
  expect(await axeViolations(nadia)).toEqual([])
  expect(await isTooWide(nadia)).toBe(false)
  const { name, text } = await downloadOf(desk, desk.getByRole('link', { name: `Télécharger ${bail}` }))
  expect({ name, text }).toEqual({ name: bail, text: '%PDF-1.7\nle bail' })

  // What is refused is named: the window in which it was chosen is gone.
  faults.allow(/415: POST .*\/files/, /console: .*415/)
  await nadia
    .locator('input[type="file"]')
    .setInputFiles({ name: 'Photos.zip', mimeType: 'application/zip', buffer: Buffer.from('PK') })
  await expect(nadia.getByText('« Photos.zip » n’a pas été ajouté')).toBeVisible()

  // The address of the file, in a browser of another practice.
  const address = await desk.getByRole('link', { name: `Télécharger ${bail}` }).getAttribute('href')
  const status = await paul.evaluate(async (url) => (await fetch(url)).status, address ?? '')
  expect(status).toBe(404)
  faults.allow(/404: GET .*\/files\/[^/]+\/content/, /console: .*404/)
  await expect(paul.getByText('Aucun fichier pour l’instant')).toBeVisible()

  await desk.getByRole('button', { name: `Supprimer ${bail}` }).click()
  await desk.getByRole('button', { name: 'Supprimer le fichier' }).click()
  await expect(nadia.getByText('Aucun fichier pour l’instant')).toBeVisible()
})

test('keys lead through the practice from every page, whatever a letter means on it, and one shows them all', async ({
  open,
  demonstration,
}) => {
  const page = await open('nobody', { baseURL: demonstration.server.practiceUrl })
  await enterDemonstrationPractice(page)
  await page.goto('/agenda')
  const heading = (name: string) => page.getByRole('heading', { level: 1, name, exact: true })
  await expect(page.getByRole('button', { name: 'Aujourd’hui' })).toBeVisible()
  // On the agenda m is the month.
  await page.keyboard.press('g')
  await page.keyboard.press('m')
  await expect(heading('Messages')).toBeVisible()
  // On the calls n begins one.
  await page.goto('/calls')
  await expect(heading('Appels')).toBeVisible()
  await page.keyboard.press('g')
  await page.keyboard.press('n')
  await expect(heading('Notes')).toBeVisible()

  await page.keyboard.press('?')
  const help = page.getByRole('dialog', { name: 'Raccourcis clavier' })
  await expect(help).toContainText('Vue du mois')
  await settled(page)
  expect(await axeViolations(page)).toEqual([])
  await page.keyboard.press('Escape')
  await page.keyboard.press('Control+k')
  await page.getByRole('combobox').fill('clavier')
  await page.getByRole('option', { name: 'Raccourcis clavier' }).click()
  await expect(help).toBeVisible()
})

test('a suspended practice closes on its people, and says so to who knows the password', async ({
  open,
  faults,
  demonstration,
}) => {
  const { server, database } = demonstration
  const staff = await open('super_administrator')
  await staff.goto('/')
  await justSteppedUp(database)
  const practice = await opened(staff, 'Hugo', 'Lefèvre')
  const hugo = await open('nobody', { baseURL: server.practiceUrl })
  await comesIn(hugo, staff, practice.email)
  await expect(hugo.getByRole('heading', { level: 1, name: practice.name })).toBeVisible()

  const suspension = addressOf(suspendTenant, { id: practice.tenantId })
  faults.allow(/401: /, /403: POST .*\/sign-in/, /console: .*(401|403)/)
  const suspended = await staff.request.post(suspension, { data: { reason: 'Trois factures impayées' } })
  expect(suspended.ok(), await suspended.text()).toBe(true)
  // By itself: the news stream ends, and the page asks who is there.
  await expect(hugo).toHaveURL('/sign-in')
  await expect(
    hugo.getByRole('heading', { level: 1, name: `L’accès à « ${practice.name} » est suspendu` }),
  ).toBeVisible()
  await hugo.getByRole('button', { name: 'Se connecter de nouveau' }).click()
  await signsIn(hugo, practice.email)
  await expect(hugo.getByRole('alert')).toContainText('L’accès à votre cabinet est suspendu.')
  expect(await axeViolations(hugo)).toEqual([])

  await staff.request.delete(addressOf(resumeTenant, { id: practice.tenantId }))
  await signsIn(hugo, practice.email)
  await expect(hugo.getByRole('heading', { level: 1, name: practice.name })).toBeVisible()
})

test('who works in several practices says in which one, and sees whose it is on every page', async ({
  open,
  demonstration,
}) => {
  const { server, database } = demonstration
  const staff = await open('super_administrator')
  await staff.goto('/')
  await justSteppedUp(database)
  const one = await opened(staff, 'Inès', 'Garnier')
  const two = await opened(staff, 'Mathieu', 'Renaud')
  const email = `lea.${one.tenantId.slice(-8)}@example.com`
  const person = { email, firstName: 'Léa', lastName: 'Fabre', profile: 'secretary' as const }
  await joined(staff, one, person)
  await joined(staff, two, person)

  const lea = await open('nobody', { ...phone, baseURL: server.practiceUrl })
  await comesIn(lea, staff, email)
  const question = lea.getByRole('heading', { level: 1, name: 'Dans quel cabinet travaillez-vous ?' })
  await expect(question).toBeVisible()
  expect(await axeViolations(lea)).toEqual([])
  await lea.getByRole('button', { name: two.name }).click()
  await expect(lea.getByRole('heading', { level: 1, name: two.name })).toBeVisible()
  await goesTo(lea, 'Fichiers')
  await expect(lea.getByRole('banner')).toContainText(two.name)
  await lea.getByRole('button', { name: 'Compte de Léa Fabre' }).click()
  await lea.getByRole('menuitemcheckbox', { name: 'English' }).click()
  await expect(lea.getByRole('heading', { level: 1, name: 'Files' })).toBeVisible()
})
