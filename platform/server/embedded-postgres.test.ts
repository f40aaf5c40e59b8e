import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import fs from 'node:fs'
import net from 'node:net'
import os from 'node:os'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { describe, expect, onTestFinished, test } from 'vitest'
import { startEmbedded, type EmbeddedOptions } from './embedded-postgres.ts'
import { isAlive } from './embedded-postgres/postmaster.ts'

/** A folder whose name a shell would trip over, gone with the database in it when the test ends. */
function dataDir(): string {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'mgp données '))
  onTestFinished(() => {
    const file = path.join(folder, 'postgres/postmaster.pid')
    if (fs.existsSync(file)) kill(Number(fs.readFileSync(file, 'utf8').split('\n')[0]))
    fs.rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 })
  })
  return folder
}

function start(folder: string, options: EmbeddedOptions = {}) {
  return startEmbedded(folder, { durable: false, ...options })
}

/** Another process that starts the database and then does nothing. */
async function startElsewhere(folder: string): Promise<{ process: ChildProcess; pid: number }> {
  const face = pathToFileURL(path.join(import.meta.dirname, 'embedded-postgres.ts')).href
  const script = `
    import { startEmbedded } from ${JSON.stringify(face)}
    const database = await startEmbedded(${JSON.stringify(folder)}, { durable: false })
    process.on('SIGTERM', async () => { await database.stop(); process.exit(0) })
    console.log(database.pid())
    setInterval(() => {}, 1000)`
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  const [line] = await once(child.stdout, 'data')
  return { process: child, pid: Number(String(line)) }
}

async function query(url: string, text: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => {})
  await client.connect()
  try {
    return (await client.query(text)).rows
  } finally {
    await client.end()
  }
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // gone already
  }
}

describe('the first start', () => {
  test('makes a UTF-8 cluster that sorts the same everywhere, on loopback alone', async () => {
    const database = await start(dataDir())
    const [row] = await query(
      database.adminUrl,
      `SELECT current_setting('server_version_num')::int / 10000 AS major, current_setting('listen_addresses') AS listens,
              current_setting('unix_socket_directories') AS sockets, pg_encoding_to_char(encoding) AS encoding,
              datlocprovider AS provider, datlocale AS locale
       FROM pg_database WHERE datname = current_database()`,
    )
    expect(row).toEqual({
      major: 18,
      listens: '127.0.0.1',
      sockets: '',
      encoding: 'UTF8',
      provider: 'b',
      locale: 'C.UTF-8',
    })
    await database.stop()
  })

  test('keeps its passwords for its owner alone, and nobody enters without', async () => {
    const folder = dataDir()
    const database = await start(folder)
    expect(fs.statSync(path.join(folder, 'postgres.json')).mode & 0o777).toBe(0o600)
    const guess = new URL(database.adminUrl)
    guess.password = 'postgres'
    await expect(query(guess.href, 'SELECT 1')).rejects.toThrow(/password authentication failed/)
    await database.stop()
  })

  test('is taken up again when a kill cut it short', async () => {
    const folder = dataDir()
    const face = pathToFileURL(path.join(import.meta.dirname, 'embedded-postgres.ts')).href
    const script = `import { startEmbedded } from ${JSON.stringify(face)}; await startEmbedded(${JSON.stringify(folder)})`
    const other = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: 'ignore' })
    while (!fs.readdirSync(folder).some((name) => name.startsWith('postgres.new-'))) await sleep(5)
    other.kill('SIGKILL')
    // Its initdb is still at work.
    const database = await start(folder)
    expect(await query(database.adminUrl, 'SELECT 1 AS one')).toEqual([{ one: 1 }])
    expect(fs.readdirSync(folder).filter((name) => name.startsWith('postgres.new-'))).toEqual([])
    await database.stop()
  })
})

describe('a later start', () => {
  test('finds the data on the same port', async () => {
    const folder = dataDir()
    const first = await start(folder)
    await query(first.adminUrl, 'CREATE TABLE kept AS SELECT 42 AS answer')
    await first.stop()
    expect(isAlive(first.pid())).toBe(false)
    const second = await start(folder)
    expect(second.adopted).toBe(false)
    expect(second.adminUrl).toBe(first.adminUrl)
    expect(await query(second.adminUrl, 'SELECT answer FROM kept')).toEqual([{ answer: 42 }])
    await second.stop()
  })

  test('takes another port when a stranger took ours', async () => {
    const folder = dataDir()
    const first = await start(folder)
    await first.stop()
    const stranger = net.createServer().listen(Number(new URL(first.adminUrl).port), '127.0.0.1')
    await once(stranger, 'listening')
    const second = await start(folder)
    expect(second.adminUrl).not.toBe(first.adminUrl)
    expect(await query(second.adminUrl, 'SELECT 1 AS one')).toEqual([{ one: 1 }])
    await second.stop()
    stranger.close()
  })
})

describe('after kill -9', () => {
  test('of the process that started it, the orphan is adopted as it runs', async () => {
    const folder = dataDir()
    const { process: owner, pid } = await startElsewhere(folder)
    kill(owner.pid ?? 0)
    await once(owner, 'exit')
    const database = await start(folder)
    expect(database.adopted).toBe(true)
    expect(database.pid()).toBe(pid)
    await database.stop()
    expect(isAlive(pid)).toBe(false)
  })

  test('of the database at work, what was committed is there and the busy connection is not', async () => {
    const folder = dataDir()
    const first = await start(folder)
    await query(first.adminUrl, 'CREATE TABLE kept AS SELECT 42 AS answer')
    const busy = query(first.adminUrl, 'SELECT count(*) FROM generate_series(1, 1000000000000)')
    const outcome = expect(busy).rejects.toThrow()
    await sleep(100)
    kill(first.pid())
    const second = await start(folder)
    expect(second.adopted).toBe(false)
    expect(await query(second.adminUrl, 'SELECT answer FROM kept')).toEqual([{ answer: 42 }])
    await outcome
    await second.stop()
  })

  test('of both, too', async () => {
    const folder = dataDir()
    const { process: owner, pid } = await startElsewhere(folder)
    kill(pid)
    kill(owner.pid ?? 0)
    await once(owner, 'exit')
    const database = await start(folder)
    expect(await query(database.adminUrl, 'SELECT 1 AS one')).toEqual([{ one: 1 }])
    await database.stop()
  })

  test('a file left by a process whose number somebody else bears now does not stop it', async () => {
    const folder = dataDir()
    const first = await start(folder)
    await first.stop()
    fs.writeFileSync(
      path.join(folder, 'postgres/postmaster.pid'),
      `${process.pid}\n${folder}/postgres\n0\n1\n\n\n\nready\n`,
    )
    const second = await start(folder)
    expect(second.adopted).toBe(false)
    await second.stop()
  })

  test('of a supervised one, it comes back on the same port by itself', async () => {
    const said: string[] = []
    const database = await start(dataDir())
    const before = database.pid()
    const back = new Promise<void>((resolve) => {
      database.supervise((sentence) => {
        said.push(sentence)
        if (/runs again/.test(sentence)) resolve()
      })
    })
    kill(before)
    await back
    expect(said[0]).toMatch(/died/)
    expect(database.pid()).not.toBe(before)
    expect(await query(database.adminUrl, 'SELECT 1 AS one')).toEqual([{ one: 1 }])
    await database.stop()
    expect(isAlive(database.pid())).toBe(false)
  })
})

describe('two processes on one folder', () => {
  test('share the database, and the last one out stops it', async () => {
    const folder = dataDir()
    const { process: other, pid } = await startElsewhere(folder)
    const database = await start(folder)
    expect(database.pid()).toBe(pid)
    other.kill('SIGTERM')
    await once(other, 'exit')
    expect(await query(database.adminUrl, 'SELECT 1 AS one')).toEqual([{ one: 1 }])
    await database.stop()
    expect(isAlive(pid)).toBe(false)
  })

  test('that start at once make one cluster', async () => {
    const folder = dataDir()
    const others = await Promise.all([startElsewhere(folder), startElsewhere(folder), startElsewhere(folder)])
    expect(new Set(others.map(({ pid }) => pid)).size).toBe(1)
  })
})

describe.runIf(process.getuid?.() === 0)('as root', () => {
  test.for(['namespace', 'other-user'] as const)(
    'it runs below a folder only root may enter (%s)',
    async (rootStrategy) => {
      const folder = path.join(dataDir(), 'private')
      fs.mkdirSync(folder, { mode: 0o700 })
      const data = path.join(folder, 'data')
      const database = await start(data, { rootStrategy })
      const [place] = (await query(
        database.adminUrl,
        "SELECT current_setting('data_directory') AS path",
      )) as [{ path: string }]
      // Where another user cannot reach, its data lies elsewhere; that place goes with the test.
      if (!place.path.startsWith(folder)) {
        onTestFinished(() => fs.rmSync(path.dirname(place.path), { recursive: true, force: true }))
      }
      await query(database.adminUrl, 'CREATE TABLE kept AS SELECT 42 AS answer')
      await database.stop()
      // Found again without being told how it was made.
      const again = await start(data)
      expect(await query(again.adminUrl, 'SELECT answer FROM kept')).toEqual([{ answer: 42 }])
      await again.stop()
      expect(fs.statSync(folder).mode & 0o777).toBe(0o700)
    },
  )
})
