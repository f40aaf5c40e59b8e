import type { Page } from '@playwright/test'

/** Counts what a person's finger does: presses of a mouse button, wherever they land. */
export async function countClicks(page: Page): Promise<() => number> {
  let presses = 0
  await page.exposeFunction('countPress', () => void presses++)
  await page.addInitScript(() => {
    const { countPress } = window as unknown as { countPress: () => Promise<void> } // exposed above
    // Not `mousedown`: a list that keeps the focus elsewhere does away with it.
    addEventListener('pointerdown', (event) => event.isTrusted && void countPress(), true)
  })
  return () => presses
}
