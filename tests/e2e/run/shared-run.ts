/** What the whole run shares, handed to the workers by their environment. */
import type { Demonstration } from '../../harness/demonstration.ts'

const variable = 'MGP_E2E_RUN'

export function keepForWorkers(demonstration: Demonstration): void {
  process.env[variable] = JSON.stringify(demonstration)
}

export function sharedRun(): Demonstration {
  const text = process.env[variable]
  if (!text) throw new Error('Journeys run by `playwright test`, which prepares them.')
  return JSON.parse(text) as Demonstration // written above and nowhere else
}
