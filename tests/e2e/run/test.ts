/** `test` for journeys: a server of one's own, browsers of as many people as it takes, and no error unnoticed. */
import { once } from 'node:events'
import { test as base, expect, type BrowserContextOptions, type Page } from '@playwright/test'
import type { BuiltInRole } from '#contract/access'
import { stillSignedIn, signedInCookies, type Cookies } from '../../harness/accounts.ts'
import type { TestCluster } from '../../harness/cluster.ts'
import { startDemonstration } from '../../harness/demonstration.ts'
import type { RealServer } from '../../harness/real-server.ts'
import { startSequencer } from '../../harness/sequencer.ts'
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
  /** `test.use({ apart: true })` in a file: its server is nobody else's, and what is done to all of it stays there. */
  apart: boolean
  /** What the server is told besides: where a mailbox is, which part of the work is its own. */
  env: Record<string, string>
  /** With the demonstration data; every test that the worker runs changes the same one. */
  demonstration: { server: RealServer; database: TestCluster }
  cookiesOf(role: BuiltInRole): Promise<Cookies>
}

export const test = base.extend<OneTest, OneWorker>({
  // Playwright gives each combination of options workers of its own.
  apart: [false, { scope: 'worker', option: true }],
  env: [{}, { scope: 'worker', option: true }],

  demonstration: [
    async ({ env }, hand) => {
      const { server, database } = await startDemonstration(sharedRun(), { CHECK_OUTPUT: 'on', ...env })
      // Numbers and signs what they do, beside the server as the launcher has it.
      const sequencer = startSequencer(
        { database, dataDir: server.dataDir },
        { APP_ENV: 'demonstration', BACKOFFICE_URL: server.url },
      )
      await hand({ server, database })
      const ended = once(sequencer, 'close')
      if (sequencer.exitCode === null && sequencer.kill('SIGTERM')) await ended
      await server.stop()
    },
    { scope: 'worker' },
  ],

  cookiesOf: [
    async ({ demonstration }, hand) => {
      const known = new Map<BuiltInRole, Cookies>()
      await hand(async (role) => {
        const { url } = demonstration.server
        // A journey before this one may have had the session's token replaced, by a step-up or by other rights.
        const before = known.get(role)
        const cookies = (before && (await stillSignedIn(url, before))) ?? (await signedInCookies(url, role))
        known.set(role, cookies)
        return cookies
      })
    },
    { scope: 'worker' },
  ],

  faults: async ({ demonstration }, hand) => {
    const before = demonstration.server.log().length
    const faults = faultsOf()
    await hand(faults)
    const complaints = demonstration.server
      .log()
      .slice(before)
      .split('\n')
      .filter((line) => /"level":[456]0|"status":[45]/.test(line) || !line.startsWith('{'))
    expect(faults.unexpected(), `wrong in a browser; the server said:\n${complaints.join('\n')}`).toEqual([])
  },

  open: async ({ browser, cookiesOf, faults, demonstration }, hand) => {
    await hand(async (role, options = {}) => {
      const signedIn = role === 'nobody' ? {} : { storageState: await cookiesOf(role) }
      const context = await browser.newContext({
        baseURL: demonstration.server.url,
        reducedMotion: 'reduce',
        ...signedIn,
        ...options,
      })
      faults.watch(context)
      return context.newPage()
    })
    await Promise.all(browser.contexts().map((context) => context.close()))
  },
})
