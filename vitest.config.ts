import { defineConfig } from 'vitest/config'

export default defineConfig({
  oxc: { jsx: { runtime: 'automatic' } },
  test: {
    include: ['{apps,bin,db,modules,platform}/**/*.test.{ts,tsx}', 'tests/{harness,walls}/**/*.test.ts'],
    globalSetup: 'tests/harness/setup.ts',
    pool: 'forks',
    execArgv: ['--import', new URL('tests/harness/quick-passwords.ts', import.meta.url).href],
    // A worker loads our modules and its dependencies once and not for each file: a minute less.
    isolate: false,
    setupFiles: 'tests/harness/each-file.ts',
    // Each worker talks to one PostgreSQL that works too: more of them than this only queue.
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 60_000,
    env: { NODE_ENV: 'test' },
  },
})
