/** What the whole run shares, handed to the workers by their environment. */
export type SharedRun = {
  clusterDir: string
  /** The key the demonstration data were sealed with. */
  masterKey: string
  /** The database with demonstration data that each worker clones. */
  model: string
}

const variable = 'MGP_E2E_RUN'

export function keepForWorkers(run: SharedRun): void {
  process.env[variable] = JSON.stringify(run)
}

export function sharedRun(): SharedRun {
  const text = process.env[variable]
  if (!text) throw new Error('Journeys run by `playwright test`, which prepares them.')
  return JSON.parse(text) as SharedRun // written above and nowhere else
}
