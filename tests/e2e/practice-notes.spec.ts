/** A practitioner's notes: written on a telephone that loses the network, finished at a desk, signed, and nobody else's. */
import type { Page } from '@playwright/test'
import { createPatient } from '#contract/patients'
import { callFrom, comesIn, joined, opened, signsIn } from './run/members.ts'
import { axeViolations, isTooWide, settled } from './run/screens.ts'
import { justSteppedUp } from './run/team.ts'
import { expect, test } from './run/test.ts'

const phone = { viewport: { width: 390, height: 844 }, hasTouch: true }

async function wellMade(page: Page): Promise<void> {
  await settled(page)
  expect(await axeViolations(page)).toEqual([])
  expect(await isTooWide(page)).toBe(false)
}

/** All that the device keeps of notes, as whoever finds it reads it. */
async function lyingOnTheDevice(page: Page): Promise<string[]> {
  return page.evaluate(
    () =>
      new Promise<string[]>((resolve, reject) => {
        const opening = indexedDB.open('magestionpsy-notes')
        opening.addEventListener('error', () => reject(new Error('the device keeps nothing')))
        opening.addEventListener('success', () => {
          const asked = opening.result.transaction('unsaved').objectStore('unsaved').getAll()
          asked.addEventListener('success', () => {
            opening.result.close()
            const rows = asked.result as { place: string; sealed: ArrayBuffer }[]
            resolve(rows.map(({ place, sealed }) => place + new TextDecoder('latin1').decode(sealed)))
          })
        })
      }),
  )
}

test('a note is begun on a telephone that loses the network and is killed; at a desk it is finished, signed and amended', async ({
  open,
  faults,
  demonstration,
}) => {
  test.slow()
  const { server, database } = demonstration
  const staff = await open('super_administrator')
  await staff.goto('/')
  await justSteppedUp(database)
  const practice = await opened(staff, 'Nadia', 'Lambert')
  const lea = `lea.${practice.tenantId.slice(-8)}@example.com`
  await joined(staff, practice, { email: lea, firstName: 'Léa', lastName: 'Fabre', profile: 'secretary' })

  let tab = await open('nobody', { ...phone, baseURL: server.practiceUrl })
  const device = tab.context()
  await comesIn(tab, staff, practice.email)
  await expect(tab.getByRole('banner')).toContainText(practice.name)
  const { id: patient } = await callFrom(tab, createPatient, { firstName: 'Hugo', lastName: 'Perrin' })
  await tab.goto('/notes')
  await expect(tab.getByText('Aucune note pour l’instant')).toBeVisible()
  await wellMade(tab)

  await tab.goto(`/notes/new?patient=${patient}`)
  const text = tab.getByLabel('Texte', { exact: true })
  await expect(tab.getByText('Hugo Perrin')).toBeVisible()
  await text.fill('# Première séance\n\nIl parle d’un phare.')
  await wellMade(tab)
  await tab.getByRole('textbox', { name: /^Titre/ }).fill('Le phare')
  await tab.keyboard.press('Control+s')
  await expect(tab.getByText(/Enregistré à \d\d:\d\d/)).toBeVisible()

  // The network goes in the middle of a sentence, then the tab, then the session.
  faults.allow(
    /ERR_INTERNET_DISCONNECTED/,
    /ERR_NETWORK_CHANGED/,
    /401: /,
    /console: .*(401|404)/,
    /404: GET .*\/notes\//,
  )
  await device.setOffline(true)
  const lost = 'Et d’une tempête שלום 你好 que personne n’entend'
  await text.press('End')
  await text.pressSequentially(`\n${lost}`)
  await expect(tab.getByText('votre texte est gardé, chiffré, sur cet appareil')).toBeVisible()
  await wellMade(tab)
  const kept = await lyingOnTheDevice(tab)
  expect(kept).toHaveLength(1)
  expect(kept.join()).not.toMatch(/phare|temp/)
  await tab.close({ runBeforeUnload: false })
  await device.setOffline(false)
  await device.clearCookies()

  tab = await device.newPage()
  await signsIn(tab, practice.email)
  await expect(tab.getByRole('banner')).toContainText(practice.name)
  // Where one arrives, and in the list.
  await expect(tab.getByText('Texte non enregistré')).toBeVisible()
  await tab.goto('/notes')
  await expect(tab.getByText('Texte non enregistré')).toBeVisible()
  await wellMade(tab)
  await tab.getByRole('link', { name: 'Reprendre' }).click()
  await expect(tab.getByLabel('Texte', { exact: true })).toHaveValue(
    `# Première séance\n\nIl parle d’un phare.\n${lost}`,
  )
  await expect(tab.getByText(/Texte repris de cet appareil/)).toBeVisible()
  await expect(tab.getByText(/Enregistré à \d\d:\d\d/)).toBeVisible()
  await expect.poll(() => lyingOnTheDevice(tab)).toEqual([])

  // The same note at a desk, while the telephone still has it open.
  faults.allow(/409: /, /console: .*409/)
  const desk = await open('nobody', { baseURL: server.practiceUrl })
  await signsIn(desk, practice.email)
  await expect(desk.getByRole('banner')).toContainText(practice.name)
  await desk.goto('/notes')
  await desk.getByRole('searchbox', { name: 'Chercher un titre' }).fill('PHARE')
  await desk
    .getByRole('link', { name: /Le phare/ })
    .first()
    .click()
  const deskText = desk.getByLabel('Texte', { exact: true })
  await expect(deskText).toHaveValue(new RegExp(lost))
  await tab.getByLabel('Texte', { exact: true }).fill('Écrit au téléphone.')
  await tab.keyboard.press('Control+s')
  await expect(tab.getByText('Écrit au téléphone.')).toBeVisible()
  await expect.poll(() => lyingOnTheDevice(tab)).toEqual([])
  await deskText.fill('Écrit au bureau.')
  await desk.keyboard.press('Control+s')
  const question = desk.getByRole('region', { name: 'Cette note a changé sur un autre appareil' })
  await expect(question.getByText('Écrit au téléphone.')).toBeVisible()
  await expect(question.getByText('Écrit au bureau.')).toBeVisible()
  await wellMade(desk)
  await question.getByRole('button', { name: 'Garder les deux, l’un après l’autre' }).click()
  await expect(deskText).toHaveValue('Écrit au téléphone.\n\nÉcrit au bureau.')
  await expect(desk.getByText(/Enregistré à \d\d:\d\d/)).toBeVisible()

  await desk.keyboard.press('Control+Enter')
  await expect(desk.getByRole('dialog', { name: 'Signer cette note ?' })).toBeVisible()
  await wellMade(desk)
  await desk.getByRole('button', { name: 'Signer la note' }).click()
  await expect(desk.getByText('Signée', { exact: true })).toBeVisible()
  await wellMade(desk)

  await desk.getByRole('button', { name: 'Rectifier' }).click()
  await desk.getByLabel('Texte', { exact: true }).fill('Écrit **au bureau**, rectifié.')
  await desk.getByLabel('Raison').fill('Une date')
  await desk.getByRole('button', { name: 'Signer la rectification' }).click()
  await expect(desk.getByText('Rectifiée', { exact: true })).toBeVisible()
  await desk.getByRole('button', { name: /Version 1/ }).click()
  await expect(desk.getByText('Écrit au téléphone.')).toBeVisible()
  await wellMade(desk)

  // It is found by its title, and stands on the patient's page.
  await desk.keyboard.press('Control+k')
  await desk.getByRole('combobox').fill('phare')
  await expect(desk.getByRole('option', { name: /Le phare/ })).toBeVisible()
  await desk.keyboard.press('Escape')
  await desk.goto(`/patients/${patient}`)
  const card = desk.getByRole('region', { name: 'Notes' })
  await expect(card.getByRole('link', { name: /Le phare.*Rectifiée/ })).toBeVisible()
  await wellMade(desk)

  // A personal note is another thing, and goes when its author wants it to.
  await tab.goto(`/notes/new?patient=${patient}`)
  await tab.getByLabel(/Note personnelle/).check()
  await tab.getByLabel('Texte', { exact: true }).fill('À part.')
  await tab.keyboard.press('Control+s')
  await expect(tab.getByText(/Enregistré à \d\d:\d\d/)).toBeVisible()
  await wellMade(tab)
  await expect(tab.getByRole('button', { name: 'Signer' })).toHaveCount(0)
  await tab.getByRole('button', { name: 'Autres actions' }).click()
  await tab.getByRole('menuitem', { name: 'Effacer définitivement' }).click()
  await tab.getByRole('dialog').getByRole('button', { name: 'Effacer définitivement' }).click()
  await expect(tab.getByText('Note effacée')).toBeVisible()
  await expect(tab.getByRole('heading', { level: 1, name: 'Notes' })).toBeVisible()
  await expect(tab.getByText('1 note', { exact: true })).toBeVisible()

  // One that was begun where there is no network at all is found again as well.
  await tab.goto(`/notes/new?patient=${patient}`)
  await expect(tab.getByText('Hugo Perrin')).toBeVisible()
  await device.setOffline(true)
  await tab.getByLabel('Texte', { exact: true }).fill('Écrit dans le train.')
  await expect(tab.getByText('votre texte est gardé, chiffré, sur cet appareil')).toBeVisible()
  await tab.close({ runBeforeUnload: false })
  await device.setOffline(false)
  tab = await device.newPage()
  await tab.goto('/')
  await tab.getByRole('link', { name: 'Reprendre' }).click()
  await expect(tab.getByLabel('Texte', { exact: true })).toHaveValue('Écrit dans le train.')
  await expect(tab.getByText(/Enregistré à \d\d:\d\d/)).toBeVisible()
  await expect.poll(() => lyingOnTheDevice(tab)).toEqual([])

  // A secretary is not shown the way, and finds it closed.
  const secretary = await open('nobody', { baseURL: server.practiceUrl })
  await comesIn(secretary, staff, lea)
  await expect(secretary.getByRole('banner')).toContainText(practice.name)
  await expect(secretary.getByRole('link', { name: 'Notes' })).toHaveCount(0)
  await secretary.goto('/notes')
  await expect(
    secretary.getByRole('heading', { level: 1, name: 'Cette page n’est pas ouverte à votre profil' }),
  ).toBeVisible()
})
