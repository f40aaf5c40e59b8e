/** Before and after all tests: a folder for their PostgreSQL, which the first test that needs it starts. */
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import type { TestProject } from 'vitest/node'
import { isRunning } from '#platform/server/process-lock.ts'
import { endCluster } from './cluster.ts'

declare module 'vitest' {
  // Vitest asks for an interface here: it is merged with its own.
  // oxlint-disable-next-line typescript/consistent-type-definitions
  interface ProvidedContext {
    clusterDir: string
  }
}

/** Then the id of the process a folder belongs to: whoever comes after its death clears it away. */
export const prefix = 'mgp-tests-'

export default function setup(project: TestProject): () => void {
  const { clusterDir, end } = clusterFolder()
  project.provide('clusterDir', clusterDir)
  return end
}

/** A folder for the PostgreSQL of one run, whichever runner it is, and how to leave nothing of it behind. */
export function clusterFolder(): { clusterDir: string; end: () => void } {
  sweep()
  const clusterDir = path.join(roomyMemory() ? memory : os.tmpdir(), `${prefix}${process.pid}`)
  const end = () => endCluster(clusterDir)
  // Also when Ctrl+C or a crash cuts the run short.
  process.once('exit', end)
  process.once('SIGTERM', () => process.exit(143))
  return { clusterDir, end }
}

const memory = '/dev/shm'
const gigabyte = 2 ** 30

/**
 * Hundreds of databases are made and dropped, a thousand files each, of which a disk spends a twentieth of the whole run
 * finding places for. They take half a gigabyte, and their write-ahead log up to two.
 */
function roomyMemory(): boolean {
  if (!fs.existsSync(memory)) return false
  const { bavail, bsize } = fs.statfsSync(memory)
  return bavail * bsize > 4 * gigabyte && process.availableMemory() > 8 * gigabyte
}

/** A run that was killed could not clean up after itself. */
function sweep(): void {
  for (const folder of [memory, os.tmpdir()].filter((place) => fs.existsSync(place)))
    for (const name of fs.readdirSync(folder).filter((entry) => entry.startsWith(prefix))) {
      if (!isRunning({ pid: Number.parseInt(name.slice(prefix.length), 10), startedAt: '' }))
        endCluster(path.join(folder, name))
    }
}
