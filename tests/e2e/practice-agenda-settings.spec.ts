/** When a practitioner can be booked, and for what: begun from the usual, then made one's own, on a phone as on a desk. */
import { bookAppointment } from '#contract/agenda'
import { addDays, mondayOf } from '../../modules/agenda/practice/wall-clock.ts'
import { callFrom, comesIn, opened } from './run/members.ts'
import { axeViolations, isTooWide, settled } from './run/screens.ts'
import { justSteppedUp } from './run/team.ts'
import { expect, test } from './run/test.ts'

const phone = { viewport: { width: 390, height: 844 }, hasTouch: true }
/** The week after next: whatever day it is, all of it is still to come. */
const monday = addDays(mondayOf(new Date().toISOString().slice(0, 10)), 14)

for (const [where, screen] of [
  ['on a phone', phone],
  ['on a desk', {}],
] as const)
  test(`a new practice says its hours, acts, prices and rules ${where}; an absence names what stands in it, which is cancelled and taken back`, async ({
    open,
    demonstration,
  }) => {
    const staff = await open('super_administrator')
    await staff.goto('/')
    await justSteppedUp(demonstration.database)
    const moreau = await opened(staff, 'Claire', 'Moreau')
    const claire = await open('nobody', { ...screen, baseURL: demonstration.server.practiceUrl })
    await comesIn(claire, staff, moreau.email)
    await expect(claire.getByRole('heading', { level: 1 })).toBeVisible()
    await expect(claire).toHaveURL(`${demonstration.server.practiceUrl}/`)
    const notices = claire.getByRole('region', { name: 'Notifications' })
    const looksRight = async () => {
      await settled(claire)
      // Nothing of the page stands half under what floats over its edges.
      await claire.evaluate(() => window.scrollTo(0, 0))
      expect(await axeViolations(claire)).toEqual([])
      expect(await isTooWide(claire)).toBe(false)
    }

    await claire.goto('/agenda/acts')
    await claire.getByRole('button', { name: 'Partir des actes usuels' }).click()
    await expect(claire.getByText('Séance de couple')).toBeVisible()
    await looksRight()
    await claire.getByRole('button', { name: 'Tarifs : Séance individuelle' }).click()
    await claire.getByLabel('À partir du').fill('2031-01-01')
    await claire.getByLabel('Tarif (€)').fill('65,50')
    await claire.getByRole('button', { name: 'Ajouter ce tarif' }).click()
    await expect(claire.getByText('65,50 €')).toBeVisible()
    await looksRight()
    await claire.getByRole('button', { name: 'Retirer le tarif du 01/01/2031' }).click()
    await notices.getByRole('button', { name: 'Annuler' }).click()
    await expect(claire.getByText('65,50 €')).toBeVisible()
    await claire.keyboard.press('Escape')
    await claire.getByRole('button', { name: 'Ajouter un acte' }).click()
    const dialog = claire.getByRole('dialog')
    await dialog.getByLabel('Nom').fill('Bilan')
    await dialog.getByLabel('Durée (min)').fill('90')
    await dialog.getByRole('button', { name: 'Enregistrer' }).click()
    await expect(dialog.getByText('Indiquez un montant, par exemple 60,00.')).toBeVisible()
    await dialog.getByLabel('Tarif (€)').fill('120')
    await dialog.getByRole('button', { name: 'Enregistrer' }).click()
    await expect(claire.getByText('90 min · 120,00 €')).toBeVisible()
    await claire.getByRole('button', { name: 'Archiver Bilan' }).click()
    await expect(claire.getByText('Archivé', { exact: true })).toBeVisible()
    await claire.getByLabel('Part due en cas d’annulation tardive (%)').fill('50')
    await claire.getByRole('button', { name: 'Enregistrer' }).click()
    await expect(notices.getByText('Règles enregistrées')).toBeVisible()

    await claire.goto('/agenda/availability')
    await claire.getByRole('button', { name: /^Du lundi au vendredi/ }).click()
    const wednesday = claire.getByRole('group', { name: 'mercredi' })
    await wednesday.getByRole('button', { name: /^Retirer 14:00/ }).click()
    await wednesday.getByLabel('mercredi, à').fill('08:00')
    await claire.getByRole('button', { name: 'Enregistrer' }).click()
    await expect(wednesday.getByText('une fin précède son début')).toBeVisible()
    await wednesday.getByLabel('mercredi, à').fill('12:30')
    await looksRight()
    await claire.getByRole('button', { name: 'Enregistrer' }).click()
    await expect(notices.getByText('Horaires enregistrés')).toBeVisible()

    await callFrom(claire, bookAppointment, {
      title: 'Supervision',
      minutes: 60,
      startsLocal: `${monday}T10:00`,
    })
    await claire.getByRole('button', { name: 'Noter une absence' }).click()
    await dialog.getByLabel('Du', { exact: true }).fill(monday)
    await dialog.getByLabel('Au (inclus)').fill(addDays(monday, 4))
    await dialog.getByLabel('Intitulé').fill('Colloque')
    await looksRight()
    await dialog.getByRole('button', { name: 'Enregistrer' }).click()
    await expect(notices.getByText('1 rendez-vous y tombe')).toBeVisible()
    const touched = claire.getByText('1 rendez-vous tombe pendant cette absence')
    await claire.getByRole('button', { name: 'Annuler ce rendez-vous' }).click()
    await expect(touched).toBeHidden()
    await notices.getByRole('button', { name: 'Annuler' }).click()
    await expect(touched).toBeVisible()
    await looksRight()
    await claire.getByRole('button', { name: /^Supprimer l’absence/ }).click()
    await expect(touched).toBeHidden()
    await notices.getByRole('button', { name: 'Annuler' }).last().click()
    await expect(touched).toBeVisible()
  })
