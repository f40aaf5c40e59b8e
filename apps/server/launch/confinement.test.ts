import { execFileSync, spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { cookieOf } from '../../../bench/shared/signed-in.ts'
import { testDatabase } from '../../../tests/harness/database.ts'
import { startRealServer, type RealServer } from '../../../tests/harness/real-server.ts'
import { numbered } from '../../../tests/harness/sequencer.ts'
import { readConfig, rootDir } from '#platform/server/config.ts'
import { seedFirstRun } from './demonstration.ts'
import { confinement } from './confinement.ts'
import { buildWebApps } from './web-builds.ts'

const database = await testDatabase()
const home = fs.mkdtempSync(path.join(os.tmpdir(), 'mgp-confined-'))
const dataDir = path.join(home, 'data')
const config = readConfig({ DATABASE_URL: database.appUrl, DATA_DIR: dataDir })
let server: RealServer
let cookie: string

beforeAll(async () => {
  await buildWebApps(() => {})
  fs.mkdirSync(dataDir)
  await seedFirstRun(config, database, () => {})
  await numbered({ database, dataDir })
  server = await startRealServer({ databaseUrl: database.appUrl, dataDir, env: { CHECK_OUTPUT: 'on' } })
  cookie = await cookieOf(server, 'super_administrator')
}, 180_000)

afterAll(async () => {
  await server.stop()
  fs.rmSync(home, { recursive: true, force: true })
})

async function ask(
  method: string,
  address: string,
  body?: string | object,
  type = 'application/json',
): Promise<Response> {
  const response = await fetch(`${server.url}${address}`, {
    method,
    headers: {
      'sec-fetch-site': 'same-origin',
      cookie,
      ...(body === undefined ? {} : { 'content-type': type }),
    },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  })
  expect(response.ok, `${method} ${address}: ${response.status}`).toBe(true)
  return response
}

type Job = { state: string; errorCode: string | null; result: { fileId?: string; report?: object } | null }

async function done(jobId: string): Promise<Job['result']> {
  for (;;) {
    const job = (await (await ask('GET', `/api/v1/jobs/${jobId}`)).json()) as Job
    if (job.state === 'failed') throw new Error(`the job failed: ${job.errorCode}\n${server.log()}`)
    if (job.state === 'done') return job.result
    await sleep(50)
  }
}

describe('a server that reaches no more files than it needs', () => {
  test('is what runs', () => {
    const line = execFileSync('ps', ['-o', 'args=', '-p', String(server.pid())], { encoding: 'utf8' })
    expect(line).toContain('--permission')
  })

  test('signs people in, answers, and serves both web apps', async () => {
    expect(cookie).toContain('=')
    await ask('GET', '/api/v1/clients')
    expect(await (await ask('GET', '/')).text()).toContain('<div id="')
  })

  test('counts itself', async () => {
    const metrics = await (await ask('GET', '/metrics')).text()
    expect(metrics).toMatch(/^process_resident_memory_bytes \d+/m)
    expect(metrics).toMatch(/^process_max_fds \d+/m)
  })

  test.each(['csv', 'xlsx'])('writes an export as %s and hands it out', async (format) => {
    const { jobId } = (await (await ask('POST', '/api/v1/clients/exports', { format })).json()) as {
      jobId: string
    }
    const result = await done(jobId)
    const file = await (await ask('GET', `/api/v1/files/${result?.fileId}`)).arrayBuffer()
    expect(file.byteLength).toBeGreaterThan(1_000)
  })

  test('takes a file and imports it', async () => {
    const text = 'Nom;Prénom;Email;Statut;Type\nArnal;Lucie;lucie@mail.example.org;Client;Praticien\n'
    const sent = await ask('POST', '/api/v1/clients/imports?name=clients.csv', text, 'text/csv')
    const { id, mapping } = (await sent.json()) as { id: string; mapping: object }
    const started = await ask('POST', `/api/v1/clients/imports/${id}/runs`, { mapping, dryRun: false })
    expect(await done(((await started.json()) as { jobId: string }).jobId)).toBeTruthy()
  })
})

/** Runs a script as the server runs, confined alike. @returns what it printed */
function confined(script: string): string {
  const flags = confinement({ ...config, databaseUrl: database.appUrl })
  const run = spawnSync(process.execPath, [...flags, '--input-type=module', '-e', script], {
    cwd: rootDir,
    encoding: 'utf8',
  })
  return `${run.stdout}${run.stderr}`.trim()
}

/** The code of the error that an expression fails with, or what it gave. */
const outcome = (expression: string) =>
  confined(
    `import fs from 'node:fs'
     import { Worker } from 'node:worker_threads'
     try { console.log('it worked:', String(await (${expression}))) } catch (error) { console.log(error.code) }`,
  )

describe('from such a process', () => {
  const key = JSON.stringify(path.join(dataDir, 'audit-key/signing.key'))
  const files = JSON.stringify(path.join(dataDir, 'files'))

  test('the key of the audit log is there for others', () => {
    expect(fs.readFileSync(JSON.parse(key) as string, 'utf8')).toMatch(/^PRIVATE\+KEY\+/)
  })

  test.each([
    ['read it', `fs.readFileSync(${key})`],
    ['read it by a promise', `fs.promises.readFile(${key})`],
    ['stream it', `fs.createReadStream(${key}).toArray()`],
    ['read it through /proc', `fs.readFileSync('/proc/self/root' + ${key})`],
    [
      'read it past an open folder',
      `fs.readFileSync('/proc/self/fd/' + fs.openSync(${files}) + '/../audit-key/signing.key')`,
    ],
    ['read it by a winding way', `fs.readFileSync(${files} + '/../audit-key/signing.key')`],
    ['link to it', `fs.symlinkSync(${key}, ${files} + '/link')`],
    ['give it a second name', `fs.linkSync(${key}, ${files} + '/link')`],
    ['take it away', `fs.renameSync(${key}, ${files} + '/taken')`],
    ['copy it', `fs.copyFileSync(${key}, ${files} + '/copy')`],
    ['replace it', `fs.writeFileSync(${key}, '')`],
    ['list its folder', `fs.readdirSync(${JSON.stringify(path.join(dataDir, 'audit-key'))})`],
    [
      'let a thread read it',
      `new Promise((ok, fail) => new Worker("const its = process.getBuiltinModule; its('fs').readFileSync(its('worker_threads').workerData)", { eval: true, workerData: ${key} }).on('error', fail).on('exit', ok))`,
    ],
    ['let a program read it', `import('node:child_process').then((it) => it.execFileSync('cat', [${key}]))`],
    ['read the passwords', `fs.readFileSync(${JSON.stringify(path.join(dataDir, 'postgres.json'))})`],
    [
      'write a tree head',
      `fs.writeFileSync(${JSON.stringify(path.join(dataDir, 'audit-log/checkpoint'))}, '')`,
    ],
    [
      'remove what is published',
      `fs.rmSync(${JSON.stringify(path.join(dataDir, 'audit-log'))}, { recursive: true })`,
    ],
    ['change the programme', `fs.writeFileSync(${JSON.stringify(path.join(rootDir, 'package.json'))}, '')`],
  ])('nobody can %s', (_what, expression) => {
    expect(outcome(expression)).toBe('ERR_ACCESS_DENIED')
  })

  test('what is published can be read', () => {
    const file = JSON.stringify(path.join(dataDir, 'audit-log/checkpoint'))
    expect(outcome(`fs.readFileSync(${file}, 'utf8')`)).toMatch(/^it worked: localhost:3000\/audit\/log/)
  })
})

test('in production, a server that could read the key does not start', () => {
  const run = spawnSync(process.execPath, [path.join(rootDir, 'apps/server/main.ts')], {
    encoding: 'utf8',
    env: {
      APP_ENV: 'production',
      DATABASE_URL: database.appUrl,
      DATA_DIR: dataDir,
      MASTER_KEY: randomBytes(32).toString('base64'),
      BACKOFFICE_URL: 'https://admin.example.com',
      PRACTICE_URL: 'https://app.example.com',
      SMTP_URL: 'smtp://127.0.0.1:1',
      MAIL_FROM: 'a@example.com',
    },
  })
  expect(run.status).toBe(2)
  expect(run.stderr).toMatch(/can read the key of the audit log/)
})

test('a folder of a witness is open to it, and the key is not where DATA_DIR lies in the programme’s folder', () => {
  const inside = { ...config, dataDir: path.join(rootDir, '.data'), auditWitnesses: ['folder:///srv/copies'] }
  const flags = confinement(inside)
  expect(flags).toContain('--allow-fs-write=/srv/copies')
  const open = flags.flatMap((flag) => /^--allow-fs-\w+=(.*?)\*?$/.exec(flag)?.[1] ?? [])
  const key = path.join(rootDir, '.data/audit-key/signing.key')
  expect(open.filter((folder) => key.startsWith(folder))).toEqual([])
})
