/** A secretary's day: calls written down while she listens, what comes of them, messages to patients, tasks done. */
import type { Page } from '@playwright/test'
import { addUsualActs } from '#contract/agenda'
import { updatePractice } from '#contract/cabinet'
import { createPatient } from '#contract/patients'
import { callFrom, comesIn, joined, opened } from './run/members.ts'
import { axeViolations, isTooWide, settled } from './run/screens.ts'
import { justSteppedUp } from './run/team.ts'
import { expect, test } from './run/test.ts'

const phone = { viewport: { width: 390, height: 844 }, hasTouch: true }

async function wellMade(page: Page): Promise<void> {
  await settled(page)
  expect(await axeViolations(page)).toEqual([])
  expect(await isTooWide(page)).toBe(false)
}

const dialog = (page: Page, name: string | RegExp) => page.getByRole('dialog', { name })
const toast = (page: Page) => page.getByRole('region', { name: 'Notifications' })
const inTwoWeeks = new Date(Date.now() + 14 * 86_400_000).toISOString().slice(0, 10)

test('a secretary takes calls at her desk, books, writes and hands on; the practitioner hears of it at once and does her task on a telephone', async ({
  open,
  demonstration,
}) => {
  test.slow()
  const { server, database } = demonstration
  const staff = await open('super_administrator')
  await staff.goto('/')
  await justSteppedUp(database)
  const practice = await opened(staff, 'Nadia', 'Lambert')
  const email = `lea.${practice.tenantId.slice(-8)}@example.com`
  await joined(staff, practice, { email, firstName: 'Léa', lastName: 'Fabre', profile: 'secretary' })

  // The practitioner sets her reminders, and reads word for word what patients will.
  const nadia = await open('nobody', { ...phone, baseURL: server.practiceUrl })
  await comesIn(nadia, staff, practice.email)
  await expect(nadia.getByRole('banner')).toContainText(practice.name)
  await callFrom(nadia, addUsualActs)
  await callFrom(nadia, updatePractice, {
    revision: 1,
    name: 'Cabinet Lambert',
    phone: '03 53 01 75 23',
    address: '4 rue des Lilas',
    postcode: '54000',
    city: 'Nancy',
  })
  await callFrom(nadia, createPatient, { firstName: 'Hugo', lastName: 'Perrin', phone: '06 39 98 12 34' })
  await nadia.goto('/messages/reminders')
  await expect(
    nadia.getByText(/^Cabinet Lambert : rappel de votre rendez-vous le \S+ \d\d\/\d\d à 09:00/),
  ).toBeVisible()
  await nadia.getByRole('combobox', { name: 'Par SMS' }).click()
  await nadia.getByRole('option', { name: 'La veille' }).click()
  await nadia.getByRole('button', { name: 'Enregistrer' }).click()
  await expect(toast(nadia)).toContainText('Rappels enregistrés')
  await wellMade(nadia)
  await nadia.goto('/calls')
  await expect(nadia.getByText('Aucun appel', { exact: true })).toBeVisible()
  await wellMade(nadia)

  // One key, and she writes while she listens.
  const lea = await open('nobody', { baseURL: server.practiceUrl })
  await comesIn(lea, staff, email)
  await expect(lea.getByRole('banner')).toContainText('Cabinet Lambert')
  await lea.goto('/calls')
  await settled(lea)
  await lea.keyboard.press('n')
  const form = dialog(lea, 'Nouvel appel')
  await form.getByRole('combobox', { name: 'Patient', exact: true }).fill('perrin')
  await lea.getByRole('option', { name: /Hugo Perrin/ }).click()
  await form.getByText('Rendez-vous', { exact: true }).click()
  await form.getByLabel('Message laissé').fill('Voudrait venir un mardi.')
  await wellMade(lea)
  await lea.keyboard.press('Control+Enter')
  await expect(toast(lea)).toContainText('Appel de Hugo Perrin enregistré')
  // It stands on the telephone of whom it is for, without her touching it.
  await expect(nadia.getByText('Voudrait venir un mardi.')).toBeVisible()
  await expect(nadia.getByRole('link', { name: /06 39 98 12 34/ })).toHaveAttribute(
    'href',
    'tel:+33639981234',
  )
  await wellMade(nadia)

  // From the call to the appointment: the call keeps it and is dealt with.
  await lea.getByRole('button', { name: 'Prendre rendez-vous pour Hugo Perrin' }).click()
  const booking = dialog(lea, 'Nouveau rendez-vous')
  await expect(booking.getByRole('combobox', { name: 'Patient', exact: true })).toHaveValue('Hugo Perrin')
  await booking.getByLabel('Date', { exact: true }).fill(inTwoWeeks)
  await booking.getByLabel('Heure', { exact: true }).fill('10:00')
  await lea.keyboard.press('Control+Enter')
  const call = lea.getByRole('article', { name: 'Appel de Hugo Perrin' })
  await expect(call.getByRole('link', { name: /^Rendez-vous du .* 10:00$/ })).toBeVisible()
  await expect(call.getByText('Traité', { exact: true })).toBeVisible()
  await wellMade(lea)

  // A message, with what a telephone on a table may show.
  await lea.goto('/messages?new=1')
  const writing = dialog(lea, 'Nouveau message')
  await writing.getByRole('combobox', { name: 'À qui écrire' }).fill('perrin')
  await lea.getByRole('option', { name: /Hugo Perrin/ }).click()
  await writing.getByRole('textbox', { name: 'Message' }).fill('Votre séance de thérapie est confirmée.')
  await expect(
    writing.getByText(/Pas d’information de santé dans un message.*séance et thérapie/),
  ).toBeVisible()
  await wellMade(lea)
  await writing.getByRole('button', { name: 'Modèles' }).click()
  await lea.getByRole('menuitem', { name: 'Rendez-vous confirmé' }).click()
  await expect(writing.getByRole('textbox', { name: 'Message' })).toHaveValue(
    /est confirmé\. Cabinet Lambert$/,
  )
  await expect(writing.getByText(/^\d+ caractères, 1 SMS$/)).toBeVisible()
  await writing.getByRole('button', { name: 'Envoyer' }).click()
  await expect(toast(lea)).toContainText('Message envoyé à Hugo Perrin')
  await expect(
    lea.getByRole('row', { name: /Hugo Perrin/ }).getByText('Capturé (démonstration)'),
  ).toBeVisible()
  await lea.getByRole('button', { name: /Hugo Perrin.*est confirmé/ }).click()
  await wellMade(lea)
  await lea.getByRole('button', { name: 'Renvoyer' }).click()
  await expect(toast(lea)).toContainText('Message renvoyé')
  await expect(lea.getByRole('row', { name: /Hugo Perrin/ })).toHaveCount(2)

  // Somebody who is no patient, and what is to be done about it.
  await lea.goto('/calls?new=1')
  await dialog(lea, 'Nouvel appel').getByLabel('Quelqu’un d’autre').fill('La mairie')
  await dialog(lea, 'Nouvel appel').getByRole('checkbox', { name: 'Urgent' }).check()
  await lea.keyboard.press('Control+Enter')
  const urgent = lea.getByRole('article', { name: 'Appel de La mairie' })
  await urgent.getByRole('button', { name: 'Actions pour La mairie' }).click()
  await lea.getByRole('menuitem', { name: 'En faire une tâche' }).click()
  await expect(dialog(lea, 'Nouvelle tâche').getByLabel('Intitulé')).toHaveValue(/^À rappeler\s: La mairie$/)
  await wellMade(lea)
  await lea.keyboard.press('Control+Enter')
  await expect(urgent.getByRole('link', { name: '1 tâche en cours' })).toBeVisible()
  await urgent.getByRole('button', { name: 'Marquer l’appel de La mairie comme traité' }).click()
  await expect(toast(lea)).toContainText('Appel de La mairie traité')
  await toast(lea).getByRole('button', { name: 'Annuler l’action' }).click()
  await expect(
    urgent.getByRole('button', { name: 'Marquer l’appel de La mairie comme traité' }),
  ).toBeVisible()

  // One line is a task; done by a tap, and not after all.
  await nadia.goto('/tasks')
  await nadia.getByRole('textbox', { name: 'Ajouter une tâche' }).fill('Commander du papier')
  await nadia.keyboard.press('Enter')
  await expect(nadia.getByText('Commander du papier')).toBeVisible()
  await wellMade(nadia)
  const tick = nadia.getByRole('checkbox', { name: 'Marquer « À rappeler : La mairie » comme faite' })
  await tick.click()
  await expect(toast(nadia)).toContainText('Tâche faite')
  await toast(nadia).getByRole('button', { name: 'Annuler l’action' }).click()
  await tick.click()
  await expect(tick).toHaveCount(0)
  await nadia.goto('/tasks?time=done')
  await expect(nadia.getByText('À rappeler : La mairie')).toBeVisible()
  await wellMade(nadia)
})
