// `npm start` for the second time, from the command to the first good answer of /health/ready, against the first time on
// an empty folder; and what the server's process holds in memory once nobody asks it anything.
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { rootDir } from '#platform/server/config.ts'
import { freePort } from '../tests/harness/real-server.ts'
import type { Result } from './run.ts'

export const about = 'the second npm start until /health/ready, and the memory of the server at rest'

const rounds = 5
const secondsOfRest = 15

export async function run(): Promise<Result> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'mgp-bench-start-'))
  try {
    const first = await start(folder)
    await stop(first.child)
    const seconds: number[] = []
    const megabytes: number[] = []
    for (let round = 1; round <= rounds; round++) {
      const { child, took } = await start(folder)
      seconds.push(took)
      if (round === rounds) {
        await sleep(secondsOfRest * 1_000)
        megabytes.push(memoryOf(serverPid(folder)))
      }
      await stop(child)
      console.log(`start ${round}: ${took.toFixed(2)} s`)
    }
    const ours = rounded(middle(seconds))
    const memory = Math.round(Math.max(...megabytes))
    return {
      bench: 'start',
      metrics: [
        { name: 'second_start_s', value: ours, target: '<= 3 s', meets: ours <= 3 },
        { name: 'memory_at_rest_mb', value: memory, target: '<= 200 MB', meets: memory <= 200 },
      ],
      ours,
      reference: rounded(first.took),
      unit: 's',
      runs: rounds,
    }
  } finally {
    fs.rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 })
  }
}

async function start(dataDir: string): Promise<{ child: ChildProcess; took: number }> {
  const port = await freePort()
  const began = performance.now()
  const child = spawn('npm', ['start'], {
    cwd: rootDir,
    env: { ...process.env, DATA_DIR: dataDir, PORT: String(port), APP_ENV: 'demonstration' },
    stdio: ['ignore', 'ignore', 'inherit'],
    // A group of its own, to be sent Ctrl+C as a terminal sends it: to all of it.
    detached: true,
  })
  while (!(await isReady(port))) {
    if (child.exitCode !== null) throw new Error(`npm start ended with code ${child.exitCode}`)
    await sleep(10)
  }
  return { child, took: (performance.now() - began) / 1_000 }
}

async function stop(child: ChildProcess): Promise<void> {
  const closed = once(child, 'close')
  if (child.pid !== undefined) process.kill(-child.pid, 'SIGINT')
  await closed
}

async function isReady(port: number): Promise<boolean> {
  try {
    return (await fetch(`http://localhost:${port}/health/ready`)).ok
  } catch {
    return false
  }
}

/** The launcher writes down which process serves. */
function serverPid(dataDir: string): number {
  const written = JSON.parse(fs.readFileSync(path.join(dataDir, 'server.json'), 'utf8')) as { pid: number }
  return written.pid
}

/** Resident memory in MB, from the kernel (Linux). */
function memoryOf(pid: number): number {
  const status = fs.readFileSync(`/proc/${pid}/status`, 'utf8')
  return Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1] ?? Number.NaN) / 1_000
}

function middle(values: number[]): number {
  const sorted = values.toSorted((one, other) => one - other)
  return sorted[Math.floor(sorted.length / 2)] ?? 0
}

function rounded(seconds: number): number {
  return Math.round(seconds * 100) / 100
}
