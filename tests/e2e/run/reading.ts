/** Figures as a page shows them, read back as numbers. */
import type { Page } from '@playwright/test'

/** How many a list says it holds, beside its title. */
export async function countShown(page: Page): Promise<number> {
  return wholeNumber(await page.locator('main header h1 + *').innerText())
}

/** A sum of the whole filtered list, in cents. */
export async function sumShown(page: Page, label: string): Promise<number> {
  const sum = page.locator('main dl > div', { has: page.locator('dt', { hasText: label }) }).locator('dd')
  return cents(await sum.innerText())
}

/** The amount after the count beside the title, in cents: "7 factures en retard · 4 312,00 €". */
export async function owedShown(page: Page): Promise<number> {
  const [, amount = ''] = (await page.locator('main header h1 + *').innerText()).split('·')
  return cents(amount)
}

/** "1 234 documents" is 1234. */
export function wholeNumber(text: string): number {
  const digits = /\d[\d\s]*/.exec(text)?.[0] ?? ''
  return digits === '' ? Number.NaN : Number(digits.replaceAll(/\s/g, ''))
}

/** "−4 312,00 €" is -431200. */
export function cents(text: string): number {
  const sign = /[-−]/.test(text) ? -1 : 1
  return sign * Number(text.replaceAll(/\D/g, ''))
}
