import { defineConfig } from '@playwright/test'
import { chromium } from './tests/harness/chromium.ts'

const { executablePath, env, args } = chromium()

/** Journeys in a real browser (tests/e2e) and the walls that need one (tests/walls/*.spec.ts). */
export default defineConfig({
  testDir: 'tests',
  // The longest begin first, so that none of them is left for the end alone.
  projects: [
    // They say themselves what is wrong where, and leave a picture of each page: a trace holds nothing more, and is work.
    { name: 'walls', testMatch: 'walls/*.spec.ts', use: { trace: 'off' } },
    { name: 'journeys', testMatch: 'e2e/**/*.spec.ts' },
  ],
  globalSetup: './tests/e2e/run/before-all.ts',
  outputDir: 'test-results/e2e',
  fullyParallel: true,
  // Each worker has a server, and both share one PostgreSQL: with more of them a server says now and then that it is too busy.
  workers: 2,
  // A machine that others use may stall a browser once; twice is our fault. Named as flaky in the report.
  retries: process.env.CI ? 1 : 0,
  forbidOnly: true,
  // Limits for a busy machine, not expectations.
  timeout: 120_000,
  expect: { timeout: 20_000 },
  reporter: 'list',
  use: {
    browserName: 'chromium',
    headless: true,
    launchOptions: { executablePath, env, args },
    locale: 'fr-FR',
    timezoneId: 'Europe/Paris',
    viewport: { width: 1440, height: 900 },
    actionTimeout: 20_000,
    navigationTimeout: 30_000,
    screenshot: 'only-on-failure',
    // Recorded for every journey, failed or not: without the film a tenth less work. What a page was, the trace keeps anyway.
    trace: { mode: 'retain-on-failure', screenshots: false },
  },
})
