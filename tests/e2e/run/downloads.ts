import fs from 'node:fs/promises'
import type { Locator, Page } from '@playwright/test'

/** Clicks and waits for the file that comes of it, which a job of a busy machine may have to make first. */
export async function downloadOf(
  page: Page,
  what: Locator,
): Promise<{ name: string; text: string; bytes: Buffer }> {
  const [download] = await Promise.all([page.waitForEvent('download', { timeout: 60_000 }), what.click()])
  const bytes = await fs.readFile(await download.path())
  return { name: download.suggestedFilename(), text: bytes.toString('utf8'), bytes }
}
