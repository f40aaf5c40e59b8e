import { readFile } from 'node:fs/promises'
import type { Page } from '@playwright/test'
import { axeViolations, isTooWide, settled } from './run/screens.ts'
import { expect, test } from './run/test.ts'

const phone = { width: 390, height: 844 }
const desk = { width: 1440, height: 900 }

const main = (page: Page) => page.getByRole('main')

async function reads(page: Page, text: string) {
  await page.getByRole('textbox', { name: 'Texte SQL' }).click()
  await page.keyboard.press('ControlOrMeta+a')
  await page.keyboard.insertText(text)
  await page.keyboard.press('Escape')
  await page.keyboard.press('ControlOrMeta+Enter')
  await expect(page.getByRole('button', { name: 'Exporter' })).toBeVisible()
}

async function exports(page: Page, format: RegExp) {
  await page.getByRole('button', { name: 'Exporter' }).click()
  await page.getByRole('menuitem', { name: format }).click()
}

async function taken(page: Page, link: ReturnType<Page['getByRole']>): Promise<Buffer> {
  const coming = page.waitForEvent('download')
  await link.click()
  return readFile(await (await coming).path())
}

async function isFit(page: Page) {
  for (const viewport of [phone, desk]) {
    await page.setViewportSize(viewport)
    await settled(page)
    expect(await axeViolations(page)).toEqual([])
    expect(await isTooWide(page)).toBe(false)
  }
}

test('what was read is taken away whole, masked, as a file that a job makes and only its asker sees', async ({
  open,
}) => {
  const page = await open('technical_administrator', {
    permissions: ['clipboard-read', 'clipboard-write'],
  })
  await page.goto('/sql')
  await settled(page)

  await test.step('a result that the screen does not show whole goes into a CSV file', async () => {
    await reads(page, `SELECT n, 'ligne ' || n AS name, -n AS below FROM generate_series(1, 3000) n`)
    await expect(main(page).getByText('1 000 lignes montrées sur 3 000')).toBeVisible()
    await exports(page, /Fichier CSV \(point-virgule\)/)
    await expect(main(page).getByText('Export prêt : 3 000 lignes')).toBeVisible()
    await isFit(page)
    const text = (await taken(page, main(page).getByRole('link', { name: 'Télécharger' }))).toString()
    expect(text.split('\r\n').slice(0, 2)).toEqual(['\uFEFFn;name;below', '1;ligne 1;-1'])
    expect(text.split('\r\n')).toHaveLength(3002)
  })

  await test.step('all its rows are shown to whoever asks, sorted and copied by keys', async () => {
    await page.getByRole('button', { name: /^Montrer jusqu’à/ }).click()
    await expect(page.locator('[role="grid"][aria-rowcount="3001"]')).toBeVisible()
    const grid = page.getByRole('grid')
    await grid.focus()
    await page.keyboard.press('ControlOrMeta+End')
    const active = grid.locator('[role="gridcell"][aria-selected="true"]')
    await expect(active).toHaveText('-3000')
    await page.keyboard.press('ControlOrMeta+Home')
    await page.keyboard.press('End')
    await page.keyboard.press('ArrowUp')
    await page.keyboard.press('Enter')
    await expect(grid.getByRole('columnheader', { name: 'below' })).toHaveAttribute('aria-sort', 'ascending')
    await page.keyboard.press('ArrowDown')
    await expect(active).toHaveText('-3000')
    await page.keyboard.press('ControlOrMeta+c')
    await expect(page.getByText('Cellule copiée')).toBeVisible()
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe('-3000')
    await isFit(page)
  })

  await test.step('people are masked in a workbook as on the screen', async () => {
    await reads(page, 'SELECT last_name, department, created_at FROM clients ORDER BY id LIMIT 20')
    // Until then what was read before stands there, with a menu of its own.
    await expect(page.locator('[role="grid"][aria-rowcount="21"]')).toBeVisible()
    await exports(page, /Classeur Excel/)
    await expect(main(page).getByText('Export prêt : 20 lignes')).toBeVisible()
    const bytes = await taken(page, main(page).getByRole('link', { name: 'Télécharger' }))
    expect(bytes.subarray(0, 2).toString()).toBe('PK')
  })

  await test.step('they are found again among one’s own, and from the tray', async () => {
    await page.goto('/sql/exports')
    await settled(page)
    await expect(main(page).getByText('2 exports')).toBeVisible()
    await expect(main(page).getByRole('link', { name: 'Télécharger' })).toHaveCount(2)
    await isFit(page)
    await taken(page, main(page).getByRole('link', { name: 'Télécharger' }).first())
  })

  await test.step('nobody else sees them', async () => {
    const other = await open('super_administrator')
    await other.goto('/sql/exports')
    await expect(main(other).getByText('Aucun export').first()).toBeVisible()
  })
})
