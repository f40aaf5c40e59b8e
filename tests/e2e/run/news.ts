import type { Page } from '@playwright/test'

/** What the server sends this page, piece by piece, as the browser's own network log shows it. */
export async function newsHeardBy(page: Page): Promise<string[]> {
  const heard: string[] = []
  const devtools = await page.context().newCDPSession(page)
  await devtools.send('Network.enable')
  devtools.on('Network.eventSourceMessageReceived', ({ eventName, data }) => {
    heard.push(eventName === 'news' ? (JSON.parse(data) as { topic: string }).topic : eventName) // as platform/contract/news.ts says
  })
  return heard
}
