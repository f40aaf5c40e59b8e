/** What page benchmarks look at: both built web apps with demonstration data, as `npm start` serves them, and a browser. */
import os from 'node:os'
import fs from 'node:fs'
import path from 'node:path'
import { chromium as playwright, type BrowserContext } from '@playwright/test'
import { buildWebApps } from '../../apps/server/launch/web-builds.ts'
import { signedInCookies, type Cookies } from '../../tests/harness/accounts.ts'
import { chromium, unpackChromium } from '../../tests/harness/chromium.ts'
import { endCluster } from '../../tests/harness/cluster.ts'
import { prepareDemonstration, startDemonstration } from '../../tests/harness/demonstration.ts'

export type Site = {
  url: string
  practiceUrl: string
  /** Of the direction, who may see the dashboard and the clients. */
  cookies: Cookies
  /** A browser that was never here before: nothing in its cache. */
  freshBrowser(args?: string[]): Promise<BrowserContext>
}

export async function withSite<T>(work: (site: Site) => Promise<T>): Promise<T> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'mgp-bench-pages-'))
  const clusterDir = path.join(folder, 'cluster')
  const [demonstration] = await Promise.all([
    prepareDemonstration(clusterDir),
    unpackChromium(),
    buildWebApps(console.log),
  ])
  const { server } = await startDemonstration(demonstration)
  try {
    const { executablePath, env, args } = chromium()
    let profiles = 0
    return await work({
      url: server.url,
      practiceUrl: server.practiceUrl,
      cookies: await signedInCookies(server.url, 'direction'),
      freshBrowser: (more = []) =>
        playwright.launchPersistentContext(path.join(folder, `profile-${++profiles}`), {
          executablePath,
          env,
          args: [...args, ...more],
          viewport: { width: 1350, height: 940 },
          locale: 'fr-FR',
        }),
    })
  } finally {
    await server.stop()
    endCluster(clusterDir)
    fs.rmSync(folder, { recursive: true, force: true })
  }
}
