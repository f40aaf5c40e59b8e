import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import fs from 'node:fs'
import net from 'node:net'
import os from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { isAlive } from '#platform/server/embedded-postgres/postmaster.ts'
import { buildWebApps } from './launch/web-builds.ts'

beforeAll(() => buildWebApps(() => {}), 120_000)

type Launch = {
  process: ChildProcess
  output(): string
  /** Resolves with the exit code. */
  ended: Promise<number | null>
}

function dataDir(): string {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'mgp launch '))
  onTestFinished(() => {
    for (const pid of [serverPid(folder), databasePid(folder)]) if (pid) kill(pid)
    fs.rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 })
  })
  return folder
}

async function freePort(): Promise<number> {
  const probe = net.createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const { port } = probe.address() as net.AddressInfo // listening on TCP
  probe.close()
  return port
}

function launch(env: Record<string, string>): Launch {
  const child = spawn(process.execPath, [path.join(import.meta.dirname, 'launch.ts')], {
    env: { PATH: process.env.PATH, HOME: process.env.HOME, APP_ENV: 'test', LOG_LEVEL: 'silent', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()))
  onTestFinished(() => void child.kill('SIGKILL'))
  return { process: child, output: () => output, ended: once(child, 'close').then(([code]) => code) }
}

async function launchReady(env: Record<string, string>): Promise<Launch> {
  const started = launch(env)
  let hasEnded = false
  void started.ended.then(() => (hasEnded = true))
  while (!started.output().includes('Ctrl+C')) {
    if (hasEnded) throw new Error(`It ended instead of serving:\n${started.output()}`)
    await sleep(20)
  }
  return started
}

async function health(port: number): Promise<number> {
  try {
    return (await fetch(`http://127.0.0.1:${port}/health/ready`)).status
  } catch {
    return 0
  }
}

function serverPid(folder: string): number {
  const file = path.join(folder, 'server.json')
  return fs.existsSync(file) ? JSON.parse(fs.readFileSync(file, 'utf8')).pid : 0
}

function databasePid(folder: string): number {
  const file = path.join(folder, 'postgres/postmaster.pid')
  return fs.existsSync(file) ? Number(fs.readFileSync(file, 'utf8').split('\n')[0]) : 0
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // gone already
  }
}

describe('npm start refuses in a sentence', () => {
  test('bad variables, all at once, with exit code 2', async () => {
    const { ended, output } = launch({ DATA_DIR: dataDir(), PORT: 'x', ROLE: 'y' })
    expect(await ended).toBe(2)
    expect(output()).toMatch(/PORT is "x".*\n.*ROLE is "y"/)
  })

  test('a port that is taken, and says how to take another', async () => {
    const stranger = net.createServer().listen(0, '127.0.0.1')
    await once(stranger, 'listening')
    const { port } = stranger.address() as net.AddressInfo // listening on TCP
    const { ended, output } = launch({ DATA_DIR: dataDir(), PORT: String(port) })
    expect(await ended).toBe(1)
    expect(output()).toContain(`PORT=${port + 1} npm start`)
    stranger.close()
  })

  test('an address where no database answers', async () => {
    const url = 'postgres://u:hunter2@127.0.0.1:1/d'
    const { ended, output } = launch({
      DATA_DIR: dataDir(),
      PORT: String(await freePort()),
      DATABASE_URL: url,
    })
    expect(await ended).toBe(1)
    expect(output()).toMatch(/No PostgreSQL answers at 127.0.0.1:1/)
    expect(output()).not.toContain('hunter2')
  })
})

describe('a running one', () => {
  test('serves as mgp_app and numbers as mgp_sequencer, refuses a second beside it, and Ctrl+C leaves nothing', async () => {
    const folder = dataDir()
    const port = await freePort()
    const first = await launchReady({ DATA_DIR: folder, PORT: String(port) })
    expect(await health(port)).toBe(200)

    const {
      adminPassword,
      sequencerPassword,
      port: databasePort,
    } = JSON.parse(fs.readFileSync(path.join(folder, 'postgres.json'), 'utf8'))
    const admin = new pg.Client(`postgres://postgres:${adminPassword}@127.0.0.1:${databasePort}/magestionpsy`)
    await admin.connect()
    while (!fs.existsSync(path.join(folder, 'audit-log/checkpoint'))) await sleep(20)
    const { rows } = await admin.query(
      "SELECT DISTINCT usename FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid() ORDER BY 1",
    )
    await admin.end()
    expect(rows).toEqual([{ usename: 'mgp_app' }, { usename: 'mgp_sequencer' }])
    if (process.platform === 'linux') {
      const environment = fs.readFileSync(`/proc/${serverPid(folder)}/environ`, 'utf8')
      for (const secret of [adminPassword, sequencerPassword, 'SEQUENCER_DATABASE_URL'])
        expect(environment).not.toContain(secret)
    }

    const second = launch({ DATA_DIR: folder, PORT: String(await freePort()) })
    expect(await second.ended).toBe(1)
    expect(second.output()).toContain(`http://localhost:${port}`)
    expect(await health(port)).toBe(200)

    const server = serverPid(folder)
    const database = databasePid(folder)
    // As a terminal and npm both deliver one Ctrl+C.
    first.process.kill('SIGINT')
    first.process.kill('SIGINT')
    expect(await first.ended).toBe(0)
    expect([isAlive(server), isAlive(database)]).toEqual([false, false])
  })

  test('recovers by itself when its database is killed', async () => {
    const folder = dataDir()
    const port = await freePort()
    const { process: launcher, ended, output } = await launchReady({ DATA_DIR: folder, PORT: String(port) })
    kill(databasePid(folder))
    while (!output().includes('runs again')) await sleep(20)
    while ((await health(port)) !== 200) await sleep(20)
    launcher.kill('SIGTERM')
    expect(await ended).toBe(0)
  })

  test('ends with the reason when its server is killed, its database with it', async () => {
    const folder = dataDir()
    const { ended, output } = await launchReady({ DATA_DIR: folder, PORT: String(await freePort()) })
    const database = databasePid(folder)
    kill(serverPid(folder))
    expect(await ended).toBe(1)
    expect(output()).toContain('The server was ended by SIGKILL')
    expect(isAlive(database)).toBe(false)
  })

  test('that was killed itself takes its server with it, and the next start recovers', async () => {
    const folder = dataDir()
    const port = await freePort()
    const { process: launcher, ended } = await launchReady({ DATA_DIR: folder, PORT: String(port) })
    const server = serverPid(folder)
    launcher.kill('SIGKILL')
    await ended
    const next = await launchReady({ DATA_DIR: folder, PORT: String(port) })
    expect(isAlive(server)).toBe(false)
    expect(await health(port)).toBe(200)
    next.process.kill('SIGINT')
    expect(await next.ended).toBe(0)
  })
})
