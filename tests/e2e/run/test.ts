/** `test` for journeys: a server of one's own, browsers of as many people as it takes, and no error unnoticed. */
import { randomBytes } from 'node:crypto'
import path from 'node:path'
import { test as base, expect, type BrowserContextOptions, type Page } from '@playwright/test'
import type { BuiltInRole } from '#contract/access'
import { cloneDatabase, testCluster, type TestCluster } from '../../harness/cluster.ts'
import { startRealServer, type RealServer } from '../../harness/real-server.ts'
import { signedInCookies, type Cookies } from './accounts.ts'
import { faultsOf, type Faults } from './faults.ts'
import { sharedRun } from './shared-run.ts'

export { expect }

type OneTest = {
  /** A new browser of somebody with this role, signed in, or of nobody yet; on a blank page. */
  open(role: BuiltInRole | 'nobody', options?: BrowserContextOptions): Promise<Page>
  /** What went wrong in the browsers of this test, which fails for what it did not allow. */
  faults: Faults
}

type OneWorker = {
  /** With the demonstration data; every file of tests that the worker runs changes the same one. */
  database: TestCluster
  server: RealServer
  cookiesOf(role: BuiltInRole): Promise<Cookies>
}

export const test = base.extend<OneTest, OneWorker>({
  database: [
    // Playwright reads what a fixture needs from this pattern.
    // oxlint-disable-next-line no-empty-pattern
    async ({}, hand) => {
      const { clusterDir, model } = sharedRun()
      const cluster = await testCluster(clusterDir)
      await hand(await cloneDatabase(cluster, `e2e_${randomBytes(6).toString('hex')}`, model))
    },
    { scope: 'worker' },
  ],

  server: [
    async ({ database }, hand) => {
      const { clusterDir, masterKey } = sharedRun()
      const server = await startRealServer({
        databaseUrl: database.appUrl,
        dataDir: path.join(clusterDir, path.basename(database.appUrl)),
        env: { MASTER_KEY: masterKey, CHECK_OUTPUT: 'on' },
      })
      await hand(server)
      await server.stop()
    },
    { scope: 'worker' },
  ],

  cookiesOf: [
    async ({ server }, hand) => {
      const known = new Map<BuiltInRole, Promise<Cookies>>()
      await hand((role) => {
        const cookies = known.get(role) ?? signedInCookies(server.url, role)
        known.set(role, cookies)
        return cookies
      })
    },
    { scope: 'worker' },
  ],

  faults: async ({ server }, hand) => {
    const faults = faultsOf()
    await hand(faults)
    expect(
      faults.unexpected(),
      `went wrong in a browser; the server said:\n${server.log().slice(-2_000)}`,
    ).toEqual([])
  },

  open: async ({ browser, cookiesOf, faults, server }, hand) => {
    await hand(async (role, options = {}) => {
      const signedIn = role === 'nobody' ? {} : { storageState: await cookiesOf(role) }
      const context = await browser.newContext({ baseURL: server.url, ...signedIn, ...options })
      faults.watch(context)
      return context.newPage()
    })
    await Promise.all(browser.contexts().map((context) => context.close()))
  },
})
