/** Somebody of the team in a practice, where the way in is not what a journey is about. */
import { expect, type Page } from '@playwright/test'
import { addressOf } from '#platform/contract/endpoint.ts'
import { listDemonstrationAccounts } from '#contract/identity'
import { askImpersonation, Impersonation } from '#contract/impersonation'

/** @param by a page of somebody with impersonation.start, who has just stepped up. @returns the impersonation's id */
export async function askedFor(by: Page, memberId: string): Promise<string> {
  const reason = 'L’agenda ne s’affiche plus'
  const data = { memberId, purpose: 'trouble', reason, reference: 'appel de 9 h' }
  const response = await by.request.post(addressOf(askImpersonation), { data })
  if (!response.ok()) throw new Error(`${response.status()} ${await response.text()}`)
  return Impersonation.parse(await response.json()).id
}

/** @param practiceUrl of the practices' host, where it ends up */
export async function entersPractice(by: Page, practiceUrl: string, id: string): Promise<void> {
  await by.goto(`${practiceUrl}/assistance/${id}`)
  await expect(by).toHaveURL(`${practiceUrl}/`)
}

/**
 * The second factor is asked for above what one is doing; its code comes by itself once the question stands there.
 * @returns how often it was asked for
 */
export async function asksForFactor(page: Page): Promise<() => number> {
  const question = page.getByRole('dialog', { name: 'Confirmez que c’est bien vous' })
  let shown = 0
  await page.route(`**${addressOf(listDemonstrationAccounts)}`, async (route) => {
    await expect(question).toBeVisible()
    shown++
    await route.continue()
  })
  return () => shown
}
