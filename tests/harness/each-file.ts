/**
 * Around each file of tests: files share a process (vitest.config.ts), and what one changed of it (the clock, variables,
 * globals, functions watched) the next must not meet.
 */
import { afterAll, vi } from 'vitest'

const variables = { ...process.env }

// Registered before the file's own hooks: runs after them.
afterAll(() => {
  vi.useRealTimers()
  vi.restoreAllMocks()
  vi.unstubAllGlobals()
  vi.unstubAllEnvs()
  for (const name of Object.keys(process.env)) if (!(name in variables)) delete process.env[name]
  Object.assign(process.env, variables)
})
