import { aClient } from './run/clients.ts'
import { downloadOf } from './run/downloads.ts'
import { aRequest, dayFromToday } from './run/requests.ts'
import { axeViolations, isTooWide, settled } from './run/screens.ts'
import { justSteppedUp } from './run/team.ts'
import { expect, test } from './run/test.ts'

const pdf = { name: 'réponse.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7\nla réponse') }

test('compliance begins the day with what is late, and every figure leads to its requests', async ({
  open,
}) => {
  const page = await open('compliance')
  await page.goto('/')
  await settled(page)
  await expect(page).toHaveURL(/\/privacy$/)
  await expect(page.getByRole('heading', { level: 1, name: 'Droits des personnes' })).toBeVisible()
  await expect(page.getByRole('main').locator('tbody tr').first()).toContainText(/en retard de \d+ jours?/)
  const file = await downloadOf(page, page.getByRole('button', { name: 'Exporter le registre (CSV)' }))
  expect(file.name).toBe('registre-des-demandes.csv')
  expect(file.text).toContain(';Bastien Colombier;bastien.colombier@example.com;Effacement;E-mail;En retard;')
  await page.getByRole('region', { name: 'Échéances' }).getByRole('link').click()
  await expect(page).toHaveURL(/state=late/)
  await expect(page.getByRole('main').locator('tbody tr')).toHaveCount(1)
  await page
    .getByRole('navigation', { name: 'Demandes par état' })
    .getByRole('link', { name: /Répondues/ })
    .click()
  await settled(page)
  for (const row of await page.getByRole('main').locator('tbody tr').all())
    await expect(row).toContainText('Répondue')
})

test('the deadline is told while the day of receipt is typed, with the holiday that moves it', async ({
  open,
}) => {
  const page = await open('compliance')
  await page.goto('/privacy/new')
  await settled(page)
  const received = page.getByLabel('Reçue le')
  const deadline = page.getByText(/^À répondre au plus tard/)
  await received.fill('2026-03-06')
  await expect(deadline).toHaveText('À répondre au plus tard le mardi 7 avril 2026')
  await expect(page.getByText(/lundi de Pâques/)).toBeVisible()
  await received.fill('2026-01-31')
  // 28 February is a Saturday.
  await expect(deadline).toHaveText('À répondre au plus tard le lundi 2 mars 2026')
  expect(await axeViolations(page)).toEqual([])
})

test('a request is entered, its person identified, its deadline extended, and answered with a proof', async ({
  open,
}) => {
  const page = await open('compliance')
  const { id } = await aClient(page, {
    lastName: 'Quentin',
    firstName: 'Blanche',
    email: 'blanche.quentin@example.com',
  })
  await page.goto('/privacy')
  await page.getByRole('link', { name: 'Inscrire une demande' }).click()
  await settled(page)
  // Nothing is saved of a request that names nobody and asks for nothing.
  await page.getByRole('button', { name: 'Inscrire la demande' }).click()
  await expect(page.getByText('Indiquez ce que la personne demande.')).toBeVisible()
  await expect(page.getByText(/aucune donnée de santé, ni rien sur des patients/)).toBeVisible()
  await page.getByRole('combobox', { name: /^Client/ }).fill('blanche')
  await page.getByRole('option', { name: /Quentin Blanche/ }).click()
  await page.getByLabel('Ce que la personne demande').fill('Que savez-vous de moi ?')
  await page.getByRole('button', { name: 'Inscrire la demande' }).click()
  await expect(page.getByText(/^Demande n°.* inscrite$/)).toBeVisible()
  await expect(page.getByRole('heading', { level: 1, name: /^Demande n°/ })).toBeVisible()
  await expect(page.getByRole('main').locator(`a[href="/clients/${id}"]`)).toHaveText('Blanche Quentin')

  // Who is not known gets nothing.
  await page.getByRole('button', { name: 'Enregistrer la réponse' }).click()
  await expect(page.getByText(/ne peut être que refusée ou retirée/)).toBeVisible()
  await expect(page.getByText(/^Aucune preuve n’est jointe à cette demande/)).toBeVisible()
  await page.keyboard.press('Escape')
  // What an access comes down to is in view, with what it waits for.
  await expect(page.getByRole('button', { name: 'Préparer la copie des données' })).toBeDisabled()
  await expect(page.getByText(/^Vérifiez d’abord l’identité/)).toBeVisible()
  await page.getByRole('button', { name: 'Vérifier l’identité' }).click()
  await page.getByRole('button', { name: 'Identité vérifiée' }).click()
  await expect(page.getByText('Vérification enregistrée')).toBeVisible()

  await page.getByRole('button', { name: 'Autres actions' }).click()
  await page.getByRole('menuitem', { name: 'Prolonger le délai' }).click()
  await page.getByLabel('Raisons données à la personne').fill('Archives sur papier à rechercher.')
  await page.getByRole('button', { name: 'Prolonger', exact: true }).click()
  await expect(page.getByText('Délai prolongé', { exact: true })).toBeVisible()
  await expect(page.getByText(/Délai prolongé de deux mois/)).toBeVisible()

  await page.getByLabel('Noter une démarche').fill('Dossier reçu des archives.')
  await page.getByRole('button', { name: 'Ajouter', exact: true }).click()
  await expect(page.getByRole('listitem').filter({ hasText: 'Dossier reçu des archives.' })).toBeVisible()

  await page.getByLabel('Fichier de preuve').setInputFiles(pdf)
  await expect(page.getByText('Preuve ajoutée')).toBeVisible()
  const file = await downloadOf(page, page.getByRole('link', { name: 'Télécharger réponse.pdf' }))
  expect(file.bytes).toEqual(pdf.buffer)

  await page.getByRole('button', { name: 'Enregistrer la réponse' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Enregistrer la réponse' }).click()
  await expect(page.getByText(/^Répondue le .*satisfaite\.$/)).toBeVisible()
  await expect(page.getByRole('button', { name: 'Enregistrer la réponse' })).toHaveCount(0)
  const steps = page.getByRole('region', { name: 'Étapes' }).getByRole('listitem')
  await expect(steps).toHaveText([
    /a enregistré la réponse/,
    /a ajouté une preuve.*réponse\.pdf/,
    /a noté.*Dossier reçu/,
    /a prolongé le délai/,
    /a vérifié l’identité/,
    /a inscrit la demande/,
  ])
  expect(await axeViolations(page)).toEqual([])
  await page.screenshot({ path: 'screenshots/privacy-request-1440.png', fullPage: true })
})

test('a file that is no proof is refused with a sentence', async ({ open, faults }) => {
  faults.allow(/415/)
  const page = await open('compliance')
  const { id } = await aRequest(page)
  await page.goto(`/privacy/${id}`)
  await settled(page)
  await page
    .getByLabel('Fichier de preuve')
    .setInputFiles({ ...pdf, buffer: Buffer.from('<script>alert(1)</script>') })
  await expect(page.getByText(/Ce fichier n’est ni un PDF/)).toBeVisible()
})

test('an erasure shows what can go and what must stay, and puts the client out of sight with a way back', async ({
  open,
}) => {
  const page = await open('compliance')
  const response = await page.request.get('/api/v1/clients?q=thouvenin')
  const { rows } = (await response.json()) as { rows: { id: string }[] } // its contract
  const { id } = await aRequest(page, { kind: 'erasure', clientId: rows[0]?.id ?? '' })
  await page.goto(`/privacy/${id}`)
  await settled(page)
  const held = page.getByRole('region', { name: 'Ce qui est détenu' })
  await expect(held.getByRole('listitem').filter({ hasText: 'Factures et avoirs émis' })).toContainText(
    /À conserver jusqu’au 31\/12\/20\d\d.*L123-22/,
  )
  await held.getByRole('button', { name: 'Mettre le client à la corbeille' }).click()
  await expect(page.getByText('Mireille Thouvenin est dans la corbeille')).toBeVisible()
  await expect(held.getByRole('button', { name: 'Mettre le client à la corbeille' })).toHaveCount(0)
  await page.getByRole('button', { name: 'Annuler' }).click()
  await expect(held.getByRole('button', { name: 'Mettre le client à la corbeille' })).toBeVisible()
})

test('the copy of somebody’s data is handed over as a file', async ({ open, demonstration }) => {
  const page = await open('compliance')
  const client = await aClient(page, {
    lastName: 'Sorel',
    firstName: 'Agathe',
    email: 'agathe.sorel@example.com',
  })
  const { id } = await aRequest(page, { clientId: client.id, identified: true })
  await page.goto(`/privacy/${id}`)
  await settled(page)
  await justSteppedUp(demonstration.database)
  const file = await downloadOf(page, page.getByRole('button', { name: 'Préparer la copie des données' }))
  expect(JSON.parse(file.text)).toMatchObject({
    identity: { lastName: 'Sorel', email: 'agathe.sorel@example.com' },
    history: [{ verb: 'client.created' }],
  })
  await expect(page.getByText('La copie des données est prête')).toBeVisible()
})

test('an answer that nothing shows is a warning, and the erasure that shows it is chosen from the log', async ({
  open,
}) => {
  const page = await open('compliance')
  const { id } = await aRequest(page, { kind: 'erasure', identified: true })
  await page.goto(`/privacy/${id}`)
  await settled(page)
  await page.getByRole('button', { name: 'Enregistrer la réponse' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Enregistrer la réponse' }).click()
  await expect(page.getByText('Aucune preuve n’est jointe : ajoutez la réponse envoyée.')).toBeVisible()
  await page.getByRole('button', { name: 'Rattacher au journal' }).click()
  await expect(page.getByRole('combobox', { name: 'Effacement' })).toBeVisible()
  // Who cannot erase is told whom to ask.
  await expect(page.getByRole('dialog').getByText(/super administrateur/)).toBeVisible()
  expect(await axeViolations(page)).toEqual([])
})

test('the auditor reads the register and is offered nothing to change', async ({ open }) => {
  const maker = await open('compliance')
  const { id } = await aRequest(maker, { receivedOn: dayFromToday(-60) })
  const page = await open('auditor')
  await page.goto('/privacy')
  await settled(page)
  await expect(page.getByRole('link', { name: 'Inscrire une demande' })).toHaveCount(0)
  await page.goto(`/privacy/${id}`)
  await settled(page)
  for (const name of ['Enregistrer la réponse', 'Vérifier l’identité', 'Ajouter un fichier', 'Ajouter'])
    await expect(page.getByRole('button', { name, exact: true })).toHaveCount(0)
  await expect(page.getByLabel('Noter une démarche')).toHaveCount(0)
  await expect(page.getByText(/^Le délai est passé depuis \d+ jours\.$/)).toBeVisible()
  await expect(page.getByText(/répondez|[Jj]oignez/)).toHaveCount(0)
})

test('on a phone the register and a request are whole', async ({ open }) => {
  const page = await open('compliance', { viewport: { width: 390, height: 844 }, hasTouch: true })
  const { id } = await aRequest(page, { kind: 'erasure' })
  for (const address of ['/privacy', `/privacy/${id}`, `/privacy/${id}/edit`]) {
    await page.goto(address)
    await settled(page)
    expect(await isTooWide(page)).toBe(false)
    expect(await axeViolations(page)).toEqual([])
  }
})
