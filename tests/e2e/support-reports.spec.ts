import type { Page } from '@playwright/test'
import { downloadOf } from './run/downloads.ts'
import { countShown, wholeNumber } from './run/reading.ts'
import { settled } from './run/screens.ts'
import { expect, test } from './run/test.ts'

/** Above the queue that was gone to. */
async function counted(page: Page): Promise<number> {
  await expect(page.getByRole('heading', { level: 1, name: 'Tickets' })).toBeVisible()
  await expect(page.locator('main header h1 + *')).toContainText('ticket')
  return countShown(page)
}

const figureIn = async (page: Page, card: string): Promise<number> =>
  wholeNumber(
    (await page.getByRole('region', { name: card, exact: true }).getByRole('link').first().textContent()) ??
      '',
  )

test('the direction reads what support did, goes from a figure to its tickets, and takes them along', async ({
  open,
}) => {
  const page = await open('direction')
  await page.goto('/support/reports?period=year')
  await settled(page)

  for (const card of ['Arrivés', 'Résolus', 'Encore ouverts à la fin']) {
    const figure = await figureIn(page, card)
    await page.getByRole('region', { name: card, exact: true }).getByRole('link').first().click()
    expect(await counted(page), card).toBe(figure)
    await page.goBack()
  }

  await test.step('a mark of a picture, and a cell of the hours', async () => {
    for (const mark of [
      page.getByRole('link', { name: /: \d+ tickets? résolus?$/ }).last(),
      page
        .getByRole('link', { name: /^(Lun|Mar|Mer|Jeu|Ven|Sam|Diman)\w+, de .*: \d+ tickets? arrivés?$/ })
        .first(),
    ]) {
      const name = (await mark.getAttribute('aria-label')) ?? ''
      await mark.click()
      expect(await counted(page), name).toBe(Number(/(\d+) tickets?/.exec(name)?.[1]))
      await page.goBack()
    }
  })

  await test.step('what was promised and not kept, as chips that can be let go', async () => {
    const row = page
      .getByRole('table', { name: 'Délais promis' })
      .getByRole('row', { name: /^Première réponse/ })
    const missed = row.getByRole('cell').nth(4)
    const figure = Number(await missed.textContent())
    expect(figure).toBeGreaterThan(0)
    await missed.getByRole('link').click()
    const chips = page.getByRole('list', { name: 'Filtres' })
    await expect(chips).toContainText('Délai dépassé')
    await expect(chips).toContainText(/Arrivé\s: du/)
    expect(await counted(page)).toBe(figure)
    const { text } = await downloadOf(page, page.getByRole('link', { name: 'Exporter', exact: true }))
    expect(text.trim().split('\r\n')).toHaveLength(figure + 1)
    await chips.getByRole('button', { name: /Délai dépassé/ }).click()
    await expect(chips).not.toContainText('Délai dépassé')
    expect(await counted(page)).toBeGreaterThan(figure)
  })

  await test.step('a period of their own, and its table as a file', async () => {
    await page.goto('/support/reports')
    await page.getByRole('button', { name: '30 derniers jours' }).click()
    await page.getByRole('button', { name: 'Le mois dernier' }).click()
    await expect(page).toHaveURL(/period=last_month/)
    const file = await downloadOf(page, page.getByRole('link', { name: /Télécharger « Par agent/ }))
    expect(file.text).toMatch(/^\uFEFFAttribué à;Arrivés;Résolus/)
  })
})

test('the dashboard says how many tickets are open and late, to whoever may read them', async ({ open }) => {
  const page = await open('direction')
  await page.goto('/dashboard')
  for (const card of ['Tickets ouverts', 'Échéances dépassées']) {
    const figure = await figureIn(page, card)
    await page.getByRole('region', { name: card }).getByRole('link').first().click()
    expect(await counted(page), card).toBe(figure)
    await page.goBack()
  }
})

test('an agent begins the day with their own tickets, and with what is open when there is none of theirs', async ({
  open,
}) => {
  const page = await open('support')
  await page.goto('/')
  await expect(page).toHaveURL(/\/tickets\?queue=mine$/)
  await expect(page.getByRole('heading', { level: 1, name: 'Tickets' })).toBeVisible()
  // Somebody who has no ticket of their own.
  const director = await open('direction')
  await director.goto('/tickets?queue=mine&landed=yes')
  await expect(director).toHaveURL(/\/tickets\?queue=open$/)
  expect(await counted(director)).toBeGreaterThan(0)
})
