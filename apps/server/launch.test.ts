import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import fs from 'node:fs'
import net from 'node:net'
import os from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { isAlive } from '#platform/server/embedded-postgres/postmaster.ts'
import { testDatabase } from '../../tests/harness/database.ts'
import { buildWebApps } from './launch/web-builds.ts'
import { bareEnv } from '../../tests/harness/bare-env.ts'

const database = await testDatabase()

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
    env: {
      ...bareEnv,
      HOME: process.env.HOME,
      APP_ENV: 'test',
      LOG_LEVEL: 'silent',
      ...env,
    },
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

/** Of the sequencer below a launcher; 0 while there is none. */
function sequencerPid(launcher: ChildProcess): number {
  const processes = execFileSync('ps', ['-A', '-o', 'pid=,ppid=,args='], { encoding: 'utf8' })
  const line = new RegExp(`^ *(\\d+) +${launcher.pid} .*sequencer\\.ts`, 'm').exec(processes)
  return Number(line?.[1] ?? 0)
}

const checkpoint = (folder: string) => path.join(folder, 'audit-log/checkpoint')

/** A first start makes a cluster, its tables and logins: five seconds, and three times that beside other tests. Some start twice. */
const wholeStarts = { timeout: 120_000 }

describe('the sequencer of the audit log', wholeStarts, () => {
  test('is started again when it is killed, and the server goes on', async () => {
    const folder = dataDir()
    const port = await freePort()
    const { process: launcher, ended, output } = await launchReady({ DATA_DIR: folder, PORT: String(port) })
    while (!fs.existsSync(checkpoint(folder))) await sleep(20)
    const first = sequencerPid(launcher)
    kill(first)
    while ([0, first].includes(sequencerPid(launcher))) await sleep(20)
    expect(await health(port)).toBe(200)
    expect(output()).toMatch(/The sequencer was ended by SIGKILL.*\n.*Again in 0\.5 s/)
    launcher.kill('SIGTERM')
    expect(await ended).toBe(0)
  })

  test('in production has an address of its own, or one to make it from', async () => {
    const { ended, output } = launch({
      APP_ENV: 'production',
      DATA_DIR: dataDir(),
      DATABASE_URL: 'postgres://mgp_app:hunter2@127.0.0.1:1/d',
      MASTER_KEY: Buffer.from(Array.from({ length: 32 }, (_, at) => at)).toString('base64'),
      BACKOFFICE_URL: 'https://admin.example.com',
      PRACTICE_URL: 'https://app.example.com',
      SMTP_URL: 'smtp://127.0.0.1:1',
      MAIL_FROM: 'a@example.com',
    })
    expect(await ended).toBe(2)
    expect(output()).toMatch(/SEQUENCER_DATABASE_URL is missing.*DATABASE_ADMIN_URL/)
  })

  test('runs alone where that is its role, and ends on Ctrl+C', async () => {
    const folder = dataDir()
    const { ended, process: launcher } = await launchReady(alone(folder))
    while (!fs.existsSync(checkpoint(folder))) await sleep(20)
    expect(serverPid(folder)).toBe(0)
    const pid = sequencerPid(launcher)
    launcher.kill('SIGINT')
    expect(await ended).toBe(0)
    expect(isAlive(pid)).toBe(false)
  })

  test('that refuses to sign says so in the terminal, and is not started in a hurry again', async () => {
    const folder = dataDir()
    fs.mkdirSync(path.join(folder, 'audit-key'))
    fs.writeFileSync(path.join(folder, 'audit-key/signing.key'), 'half', { mode: 0o600 })
    const { ended, output, process: launcher } = await launchReady(alone(folder))
    while (!output().includes('Again in')) await sleep(20)
    expect(output()).toMatch(/ended with code 4.*\n.*signing key .* is damaged.*\n.*Again in 60 s/)
    expect(fs.existsSync(checkpoint(folder))).toBe(false)
    launcher.kill('SIGTERM')
    expect(await ended).toBe(0)
  })

  const alone = (folder: string) => ({
    ROLE: 'sequencer',
    DATA_DIR: folder,
    SEQUENCER_DATABASE_URL: database.sequencerUrl,
  })
})

describe('a running one', wholeStarts, () => {
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
    // The provisioner looks each minute whether its cluster answers.
    const names = rows.map(({ usename }) => usename).filter((name) => name !== 'mgp_provisioner')
    expect(names).toEqual(['mgp_app', 'mgp_sequencer'])
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

  test('that only serves the web never learns how databases are made', async () => {
    const folder = dataDir()
    const env = {
      ROLE: 'web',
      DATA_DIR: folder,
      PORT: String(await freePort()),
      DATABASE_URL: database.appUrl,
      PROVISIONER_DATABASE_URL: database.provisionerUrl,
    }
    const { process: launcher, ended } = await launchReady(env)
    if (process.platform === 'linux') {
      const environment = fs.readFileSync(`/proc/${serverPid(folder)}/environ`, 'utf8')
      expect(environment).toContain(database.appUrl)
      for (const secret of ['PROVISIONER_DATABASE_URL', new URL(database.provisionerUrl).password])
        expect(environment).not.toContain(secret)
    }
    launcher.kill('SIGTERM')
    expect(await ended).toBe(0)
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
