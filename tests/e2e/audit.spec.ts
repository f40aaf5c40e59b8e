/** The audit log as people use it: found, read, followed, proved, verified, and changed by nobody. */
import type { Page } from '@playwright/test'
import { addressOf } from '#platform/contract/endpoint.ts'
import { getAuditStatus, listAuditEntries } from '#contract/audit'
import { updateClient } from '#contract/clients'
import { aClient } from './run/clients.ts'
import { downloadOf } from './run/downloads.ts'
import { checkedOffline } from './run/proofs.ts'
import { axeViolations, isTooWide, settled } from './run/screens.ts'
import { justSteppedUp } from './run/team.ts'
import { expect, test } from './run/test.ts'

const rows = (page: Page) => page.getByRole('grid', { name: 'Journal d’audit' }).locator('tbody tr')
/** The row leads to its entry; what stands in it may lead elsewhere. */
const firstEntry = (page: Page) => rows(page).first().getByRole('link').first()
const sheet = (page: Page) => page.getByRole('dialog', { name: 'Entrée du journal' })
const chips = (page: Page) => page.getByRole('list', { name: 'Filtres appliqués' })

async function openLog(page: Page, search = ''): Promise<void> {
  await page.goto(`/audit${search}`)
  await settled(page)
}

/** Searches leave entries of their own: what a journey looks for is sought by what it is about. */
const onlyClients = '?objectType=client&result=done'

test('an auditor narrows the log down by several filters, keeps the search and finds it again', async ({
  open,
}) => {
  const irene = await open('auditor')
  await openLog(irene)
  await irene.getByRole('combobox', { name: 'Action', exact: true }).click()
  await irene.keyboard.type('corbeille')
  await irene.getByRole('option', { name: 'a mis à la corbeille' }).click()
  await irene.keyboard.press('Escape')
  await irene.getByRole('combobox', { name: 'Personne' }).click()
  await irene.keyboard.type('nadege')
  await irene.getByRole('option', { name: /Nadège Rousseau/ }).click()
  await irene.getByRole('button', { name: 'Résultat' }).click()
  await irene.getByRole('menuitemcheckbox', { name: 'Fait' }).click()
  await irene.keyboard.press('Escape')
  await expect(irene).toHaveURL(/verb=client\.trashed&person=[\da-f-]+&result=done/)
  await expect(chips(irene).getByRole('listitem')).toHaveText([
    'Personne : Nadège Rousseau',
    'Action : a mis à la corbeille',
    'Résultat : Fait',
    'Effacer les filtres',
  ])
  await expect(irene.getByText(/^\d+ entrées? trouvées?$/)).toBeVisible()
  for (const row of await rows(irene).all()) await expect(row).toContainText('a mis à la corbeille')

  await irene.getByRole('button', { name: 'Recherches' }).click()
  await irene.getByRole('menuitem', { name: 'Enregistrer la recherche' }).click()
  await irene.getByLabel('Nom de la recherche').fill('Corbeille de Nadège')
  await irene.keyboard.press('Enter')
  await expect(irene.getByText('Recherche « Corbeille de Nadège » enregistrée')).toBeVisible()
  await irene.getByRole('button', { name: 'Effacer les filtres' }).click()
  await expect(irene).toHaveURL('/audit')
  await irene.getByRole('button', { name: 'Recherches' }).click()
  await irene.getByRole('menuitemcheckbox', { name: 'Corbeille de Nadège' }).click()
  await expect(chips(irene)).toContainText('Personne : Nadège Rousseau')

  await irene.keyboard.press('Escape')
  await irene.getByRole('button', { name: 'Période' }).click()
  await irene.getByRole('button', { name: 'Aujourd’hui' }).click()
  await irene.keyboard.press('Escape')
  await expect(irene.getByText('Aucune entrée ne correspond')).toBeVisible()
  expect(await axeViolations(irene)).toEqual([])
})

test('a change is read as what left and what came, word by word, and one goes on by the keyboard', async ({
  open,
}) => {
  const claire = await open('administrator')
  const client = await aClient(claire, {
    lastName: 'Delmas',
    firstName: 'Irma',
    email: 'irma.delmas@example.com',
    city: 'Nîmes',
    internalNote: 'Rappeler lundi matin au cabinet, puis confirmer par courrier.',
  })
  const changed = await claire.request.patch(addressOf(updateClient, { id: client.id }), {
    data: {
      version: client.version,
      city: 'Arles',
      internalNote: 'Rappeler mardi matin au cabinet, puis confirmer par courrier.',
    },
  })
  expect(changed.ok()).toBe(true)

  const irene = await open('auditor')
  await openLog(irene, `?objectType=client&object=${client.id}&result=done`)
  await expect(chips(irene)).toContainText('Client : Irma Delmas')
  await firstEntry(irene).click()
  const changes = sheet(irene).getByRole('table')
  await expect(changes.getByRole('row', { name: /Ville/ })).toHaveText(/Ville.*Nîmes.*Arles/)
  const note = changes.getByRole('row', { name: /Note interne/ })
  await expect(note.locator('del')).toHaveText('lundi')
  await expect(note.locator('ins')).toHaveText('mardi')
  await expect(sheet(irene).getByRole('link', { name: 'Claire Fontaine' })).toHaveAttribute(
    'href',
    /^\/staff\//,
  )
  await expect(sheet(irene)).toContainText('Chrome sur Linux')
  expect(await axeViolations(irene)).toEqual([])

  await irene.keyboard.press('j')
  await expect(sheet(irene)).toContainText('a créé le client')
  await expect(sheet(irene).getByRole('heading', { name: 'Ce qui a été noté' })).toBeVisible()
  await irene.keyboard.press('k')
  await expect(sheet(irene)).toContainText('a modifié le client')
  await sheet(irene).getByRole('link', { name: 'Toutes les actions de cette adresse' }).click()
  await expect(irene).toHaveURL(/\/audit\?ip=/)
  await expect(rows(irene)).not.toHaveCount(0)
})

test('the proof of an entry is downloaded and holds offline, and a proof that was touched does not', async ({
  open,
}) => {
  const irene = await open('auditor')
  const { vkey } = getAuditStatus.output.parse(
    await (await irene.request.get(addressOf(getAuditStatus))).json(),
  )
  await openLog(irene, onlyClients)
  await firstEntry(irene).click()
  await expect(sheet(irene).getByText(/porte le n°.\d+ du journal signé/)).toBeVisible()
  const proof = await downloadOf(irene, sheet(irene).getByRole('link', { name: 'Télécharger la preuve' }))
  expect(proof.name).toMatch(/^journal-\d+\.tlog-proof$/)
  expect(proof.text).toMatch(/^c2sp\.org\/tlog-proof@v1\n/)

  expect(vkey, 'the sequencer has signed').not.toBeNull()
  const sound = await checkedOffline(proof.bytes, vkey ?? '')
  expect(sound.code, sound.said).toBe(0)
  // The leaf travels in the line `extra`: another word in it is another entry.
  const forged = proof.text.replace(/^extra (.+)$/m, (_, leaf: string) => {
    const text = Buffer.from(leaf, 'base64').toString('utf8').replace('"done"', '"seen"')
    return `extra ${Buffer.from(text).toString('base64')}`
  })
  expect(forged).not.toBe(proof.text)
  const broken = await checkedOffline(Buffer.from(forged), vkey ?? '')
  expect(broken.code, broken.said).toBe(1)
  expect(broken.said).toContain('does NOT hold')
})

test('what happens elsewhere slides into the log, and waits while somebody reads further down', async ({
  open,
}) => {
  const irene = await open('auditor')
  const claire = await open('administrator')
  await openLog(irene, onlyClients)
  await expect(irene.getByRole('button', { name: 'En direct' })).toBeVisible()
  await aClient(claire, { lastName: 'Vidal', firstName: 'Anouk', email: 'anouk.vidal@example.com' })
  await expect(rows(irene).first()).toContainText('Anouk Vidal')
  await expect(rows(irene).first()).toContainText(/n°.\d+/)

  await irene.evaluate(() => scrollTo(0, 600))
  const read = await rows(irene).nth(20).boundingBox()
  await aClient(claire, { lastName: 'Brunel', firstName: 'Anouk', email: 'anouk.brunel@example.com' })
  const waiting = irene.getByRole('button', { name: '1 nouvelle entrée' })
  await expect(waiting).toBeVisible()
  expect(await rows(irene).nth(20).boundingBox(), 'nothing moved').toEqual(read)
  await waiting.click()
  await expect(rows(irene).first()).toContainText('Anouk Brunel')

  await irene.getByRole('button', { name: 'En direct' }).click()
  await aClient(claire, { lastName: 'Caillol', firstName: 'Anouk', email: 'anouk.caillol@example.com' })
  await expect
    .poll(async () => {
      const response = await irene.request.get(`${addressOf(listAuditEntries)}${onlyClients}&limit=1`)
      return listAuditEntries.output.parse(await response.json()).rows[0]?.objectName
    })
    .toBe('Anouk Caillol')
  await expect(rows(irene).first()).toContainText('Anouk Brunel')
  await irene.getByRole('button', { name: 'En pause' }).click()
  await expect(rows(irene).first()).toContainText('Anouk Caillol')
})

test('a wrong filter is named and can be removed, an entry is found by its number, looks can be left out', async ({
  open,
}) => {
  const irene = await open('auditor')
  await openLog(irene, '?ip=192.0.2')
  await expect(irene.getByRole('alert')).toContainText('Adresse IP : Ce n’est pas une adresse IP')
  expect(await axeViolations(irene)).toEqual([])
  await irene.getByRole('button', { name: 'Retirer ce filtre' }).click()
  await expect(irene).toHaveURL('/audit')
  await irene.getByRole('button', { name: 'Plus' }).click()
  await irene.getByLabel('Adresse IP').fill('192.0.2')
  await irene.keyboard.press('Enter')
  await expect(irene.getByText('Ce n’est pas une adresse IP', { exact: false })).toBeVisible()
  await expect(irene).toHaveURL('/audit')
  await irene.keyboard.press('Escape')

  await irene.getByRole('searchbox', { name: 'Rechercher dans le journal' }).fill('n° 3')
  await irene.keyboard.press('Enter')
  await expect(irene).toHaveURL(/q=n/)
  await expect(rows(irene).filter({ hasText: /n°.3$/ })).toHaveCount(1)

  await openLog(irene)
  await irene.getByRole('button', { name: 'Sans les consultations' }).click()
  await expect(chips(irene)).toContainText('Résultat : sans les consultations')
  await expect(rows(irene).getByText('Consulté', { exact: true })).toHaveCount(0)
  await firstEntry(irene).click()
  await expect(sheet(irene)).toBeVisible()
  await irene.keyboard.press('j')
  // Behind the sheet, which is all there is for assistive technology.
  await expect(irene.locator('tbody tr').nth(1)).toHaveAttribute('aria-current', 'true')
})

test('a refusal is told as one, by a word and a sign', async ({ open, faults }) => {
  faults.allow(/403/)
  const irene = await open('auditor')
  const refused = await irene.request.post('/api/v1/clients', { data: {} })
  expect(refused.status()).toBe(403)
  const antoine = await open('super_administrator')
  await openLog(antoine, '?result=refused&verb=client.created')
  await expect(rows(antoine).first()).toContainText('Irène Vasseur s’est vu refuser de créer le client')
  await expect(rows(antoine).first().getByText('Refusé', { exact: true })).toBeVisible()
  await firstEntry(antoine).click()
  await expect(sheet(antoine).getByRole('table')).toContainText('Droit manquant')
})

test('entries are taken along as a file, with a proof for each', async ({
  open,
  demonstration: { database },
}) => {
  const irene = await open('auditor')
  await openLog(irene, '?verb=client.trashed&result=done')
  await justSteppedUp(database)
  await irene.getByRole('button', { name: 'Exporter' }).click()
  const file = await downloadOf(irene, irene.getByRole('menuitem', { name: 'JSON avec preuves' }))
  const { entries } = JSON.parse(file.text) as { entries: { leaf: string; proof: string[] }[] } // as it is written
  expect(entries.length).toBeGreaterThan(0)
  for (const { leaf, proof } of entries) {
    expect(leaf).toContain('client.trashed')
    expect(proof.length).toBeGreaterThan(0)
  }
  await expect(irene.getByText('Export terminé')).toBeVisible()
  await irene.getByRole('button', { name: /tâches/i }).click()
  await expect(irene.getByText(/JSON avec preuves · \d+ entrées?/)).toBeVisible()
})

test('the whole log is verified from its page, which says so and how to do it without us', async ({
  open,
}) => {
  const irene = await open('auditor')
  await irene.goto('/audit/integrity')
  await settled(irene)
  await irene.getByRole('button', { name: 'Vérifier maintenant' }).click()
  const state = irene.getByRole('region', { name: 'État du journal' })
  await expect(state.getByRole('heading', { name: 'Journal intact' })).toBeVisible()
  await expect(state).toContainText(/Vérifié le \d\d\/\d\d\/\d{4}.*\s: [\d\s]+ entrées, n°.0 à \d/)
  await expect(irene.getByText('demandée par Irène Vasseur')).toBeVisible()
  const checkpoint = await downloadOf(
    irene,
    irene.getByRole('region', { name: 'Dernière signature' }).getByRole('link', { name: 'Télécharger' }),
  )
  expect(checkpoint.text).toMatch(/^localhost:\d+\/audit\/log\n\d+\n/)
  await expect(irene.getByText('bin/mgp audit verify', { exact: true })).toBeVisible()
  expect(await axeViolations(irene)).toEqual([])
})

test('personal payloads are erased after a preview and a typed word, with a certificate', async ({
  open,
  demonstration: { database },
}) => {
  const antoine = await open('super_administrator')
  await antoine.goto('/audit/erasures')
  await settled(antoine)
  await justSteppedUp(database)
  await antoine.getByRole('button', { name: 'Nouvel effacement' }).click()
  const dialog = antoine.getByRole('dialog', { name: 'Nouvel effacement' })
  await dialog.getByRole('combobox', { name: 'Plus ancien que' }).click()
  await antoine.getByRole('option', { name: '1 an' }).click()
  await expect(dialog.getByText(/contenus? ser(a|ont) effacés?/)).toBeVisible()
  await expect(dialog.getByRole('button', { name: 'Continuer' })).toBeDisabled()
  await dialog.getByLabel('Motif').fill('Durée de conservation dépassée')
  expect(await axeViolations(antoine)).toEqual([])
  await dialog.getByRole('button', { name: 'Continuer' }).click()
  const sure = antoine.getByRole('dialog', { name: /^Effacer .* du journal/ })
  await expect(sure.getByRole('button', { name: 'Effacer' })).toBeDisabled()
  await sure.getByRole('textbox').fill('effacer')
  await sure.getByRole('button', { name: 'Effacer' }).click()
  await expect(antoine.getByText('Effacement demandé')).toBeVisible()
  const line = antoine.getByRole('row', { name: /Durée de conservation dépassée/ })
  await expect(line).toContainText('Effacé')
  const certificate = await downloadOf(antoine, line.getByRole('link', { name: 'Certificat' }))
  expect(certificate.text).toContain('/audit/log')

  await openLog(antoine, `?verb=client.created&to=${aYearAgo()}`)
  await firstEntry(antoine).click()
  await expect(sheet(antoine).getByText(/L’entrée, elle, reste dans l’arbre/)).toBeVisible()
  await expect(sheet(antoine).getByRole('link', { name: 'Voir les certificats' })).toBeVisible()
})

test('an auditor is refused every write but looking, proving and verifying, and is offered none', async ({
  open,
  faults,
}) => {
  faults.allow(/403/)
  const irene = await open('auditor')
  await irene.goto('/audit')
  await settled(irene)
  const served = (await (await irene.request.get('/api/v1/openapi.json')).json()) as Served // as the document wall checks
  const writes = Object.entries(served.paths).flatMap(([path, methods]) =>
    Object.entries(methods)
      .filter(([method, { 'x-realm': realm }]) => method !== 'get' && realm === 'staff')
      .map(([method, { 'x-permission': may }]) => ({ method, path, may })),
  )
  const hers = ['signed_in', 'anyone', 'audit.read', 'audit.export', 'audit.verify']
  // Which tickets she follows and has read, what she was told and when: her own, which changes nothing for anybody else.
  const marks = [
    '/api/v1/tickets/{id}/following',
    '/api/v1/tickets/{id}/reading',
    '/api/v1/support/alert-preferences',
    '/api/v1/support/alerts/acknowledgement',
  ]
  // Files made of the books, for whoever examines them: what they tell is what she reads on the page.
  const takenAlong = ['/api/v1/billing/exports', '/api/v1/invoices/packs']
  const others = writes.filter(
    ({ may, path }) => !hers.includes(may) && ![...marks, ...takenAlong].includes(path),
  )
  expect(others.length).toBeGreaterThan(20)
  const answers = new Map<string, number>()
  for (const { method, path } of others) {
    const url = path.replaceAll(/\{[^}]+\}/g, '01a00000-0000-7000-8000-000000000000')
    const response = await irene.request.fetch(url, { method, data: {} })
    answers.set(`${method} ${path}`, response.status())
  }
  expect([...answers].filter(([, status]) => status !== 403)).toEqual([])
  // What is left besides her own account: searches she keeps, files she takes along, a look at the whole.
  expect(
    writes.filter(({ may }) => may.startsWith('audit.')).map(({ method, path }) => `${method} ${path}`),
  ).toEqual(expect.arrayContaining(['post /api/v1/audit/searches', 'post /api/v1/audit/exports']))

  for (const [address, offers] of [
    ['/clients', 'Nouveau client'],
    ['/staff', 'Inviter'],
    ['/audit/erasures', 'Nouvel effacement'],
    ['/roles', 'Nouveau rôle'],
  ] as const) {
    await irene.goto(address)
    await settled(irene)
    await expect(irene.getByRole('main').getByRole('button', { name: offers }), address).toHaveCount(0)
    await expect(irene.getByRole('main').getByRole('link', { name: offers }), address).toHaveCount(0)
  }
  const claire = await open('administrator')
  await claire.goto('/clients')
  await expect(claire.getByRole('link', { name: 'Nouveau client' }), 'it is there for who may').toBeVisible()
})

test('on a phone the log is cards, an entry fits, and nothing scrolls sideways', async ({ open }) => {
  const irene = await open('auditor', { viewport: { width: 390, height: 844 }, hasTouch: true })
  await openLog(irene, onlyClients)
  const cards = irene.getByRole('list', { name: 'Journal d’audit' }).getByRole('listitem')
  await expect(cards.first()).toContainText('Fait')
  await cards.first().getByRole('link').first().click()
  await expect(sheet(irene).getByRole('heading', { name: 'Preuve' })).toBeVisible()
  expect(await isTooWide(irene)).toBe(false)
  expect(await axeViolations(irene)).toEqual([])
})

type Served = { paths: Record<string, Record<string, { 'x-realm': string; 'x-permission': string }>> }

function aYearAgo(): string {
  const day = new Date()
  day.setUTCFullYear(day.getUTCFullYear() - 1)
  day.setUTCDate(day.getUTCDate() - 2)
  return day.toISOString().slice(0, 10)
}
