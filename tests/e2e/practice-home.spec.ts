/** The dashboard of a practice of 700 patients: what it says, what stands behind it, and how one arranges it. */
import type { Page } from '@playwright/test'
import { listDemonstrationMembers, signInMember } from '#contract/identity'
import { callFrom } from './run/members.ts'
import { axeViolations, isTooWide, settled } from './run/screens.ts'
import { expect, test } from './run/test.ts'

/** Somebody of the demonstration's first practice, each with their own arrangement: both journeys run at once. */
const walks = [
  { on: 'a desk', email: 'mireille.thouvenin@example.com', options: {} },
  {
    on: 'a phone',
    email: 'bastien.kervella@example.com',
    options: { viewport: { width: 390, height: 844 }, hasTouch: true },
  },
] as const

const figures = [
  'Rendez-vous du mois',
  'Encaissé aujourd’hui',
  'Encaissé cette semaine',
  'Encaissé ce mois-ci',
  'Reste à encaisser',
  'Recettes prévues',
  'Absences et annulations',
  'Nouveaux patients du mois',
  'Patients suivis',
]

async function enters(page: Page, email: string) {
  await page.goto('/sign-in')
  const { rows } = await callFrom(page, listDemonstrationMembers)
  const password = rows.find((row) => row.email === email)?.password
  const answer = await callFrom(page, signInMember, { email, password })
  expect(answer.step).toBe('entered')
}

const card = (page: Page, name: string) => page.getByRole('region', { name, exact: true })
const order = (page: Page) =>
  page.locator('[data-card]').evaluateAll((cards) => cards.map((one) => one.getAttribute('data-card')))

for (const { on, email, options } of walks)
  test(`on ${on}, the practice’s figures open their lines, and cards stay where one puts them`, async ({
    open,
    demonstration: { server },
  }) => {
    const page = await open('nobody', { ...options, baseURL: server.practiceUrl })
    await enters(page, email)
    await page.goto('/?scope=practice')

    await expect(card(page, 'Meilleure origine')).toContainText('Pages Jaunes')
    await expect(card(page, 'Meilleure origine')).toContainText('3 patients')
    await expect(card(page, 'Patients suivis')).toContainText(/700\s*patients en tout/)
    await expect(card(page, 'Encaissé aujourd’hui')).toContainText('vs hier')
    await expect(card(page, 'Encaissé cette semaine')).toContainText('vs semaine dernière')
    await expect(card(page, 'Prochains rendez-vous')).toContainText(/Aujourd’hui\s: [1-9]/)
    // What says how many tasks are due leads to those, not to all there are.
    await expect(card(page, 'Tâches à faire').getByRole('link').first()).toHaveAttribute(
      'href',
      '/tasks?due=yes',
    )
    await settled(page)
    expect(await axeViolations(page)).toEqual([])
    expect(await isTooWide(page)).toBe(false)

    for (const name of figures) {
      const figure = card(page, name).getByRole('link').first()
      const said = await figure.innerText()
      await figure.click()
      await expect(page.getByRole('heading', { level: 1, name })).toBeVisible()
      await expect(page.locator('[data-total]'), name).toHaveText(said)
      await page.goBack()
    }
    await card(page, 'Meilleure origine').getByRole('link').first().click()
    await expect(page.locator('[data-total]')).toHaveText('3')
    await expect(page.getByText('3 lignes')).toBeVisible()
    await page.goBack()
    // A bar of the year leads to its month.
    await card(page, 'Encaissements sur 12 mois').getByRole('link').last().click()
    await expect(page.getByRole('heading', { level: 1, name: 'Encaissé ce mois-ci' })).toBeVisible()
    await page.goBack()

    await page.getByRole('button', { name: 'Personnaliser' }).click()
    await page.getByRole('button', { name: /^Avancer «\sMeilleure origine\s»$/ }).click()
    await page.getByRole('button', { name: /^Masquer «\sRecettes prévues\s»$/ }).click()
    await expect(page.getByRole('button', { name: /^Afficher «\sRecettes prévues\s»$/ })).toBeVisible()
    if (on === 'a desk') {
      const grip = { x: 60, y: 12 }
      await page
        .locator('[data-card=collected_month]')
        .dragTo(page.locator('[data-card=appointments]'), { sourcePosition: grip, targetPosition: grip })
      await expect.poll(async () => (await order(page)).indexOf('collected_month')).toBe(1)
    }
    const arranged = await order(page)
    expect(arranged).not.toContain('forecast')
    expect(arranged.indexOf('origin')).toBeLessThan(arranged.indexOf('most_consulted'))
    await page.getByRole('button', { name: 'Terminer' }).click()
    await settled(page)
    await page.reload()
    await expect.poll(() => order(page)).toEqual(arranged)

    await page.getByRole('button', { name: 'Personnaliser' }).click()
    await page.getByRole('button', { name: 'Rétablir la disposition d’origine' }).click()
    await expect.poll(async () => (await order(page)).includes('forecast')).toBe(true)
    await expect(page.getByRole('button', { name: 'Rétablir la disposition d’origine' })).toHaveCount(0)
  })
