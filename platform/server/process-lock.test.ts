import { spawn } from 'node:child_process'
import { once } from 'node:events'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { identify, isRunning, tryLock, withLock } from './process-lock.ts'

function lockFile(): string {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'mgp-lock-'))
  onTestFinished(() => fs.rmSync(folder, { recursive: true }))
  return path.join(folder, 'some.lock')
}

async function deadPid(): Promise<number> {
  const child = spawn(process.execPath, ['-e', ''])
  await once(child, 'exit')
  return child.pid ?? 0
}

test('a lock is held by one, who says what for', () => {
  const file = lockFile()
  const first = tryLock(file, { address: 'http://localhost:3000' })
  expect(tryLock(file, {})).toMatchObject({ heldBy: { pid: process.pid, address: 'http://localhost:3000' } })
  if ('release' in first) first.release()
  expect(tryLock(file, {})).toHaveProperty('release')
})

test('a dead holder holds nothing', async () => {
  const file = lockFile()
  fs.writeFileSync(file, JSON.stringify({ pid: await deadPid(), startedAt: '' }))
  expect(tryLock(file, {})).toHaveProperty('release')
})

test.runIf(process.platform === 'linux')('nor does a dead one whose number somebody else bears now', () => {
  const file = lockFile()
  fs.writeFileSync(file, JSON.stringify({ pid: process.pid, startedAt: '1' }))
  expect(tryLock(file, {})).toHaveProperty('release')
})

test('a lock file cut short by a crash is nobody’s', () => {
  const file = lockFile()
  fs.writeFileSync(file, '{"pid": 1')
  expect(tryLock(file, {})).toHaveProperty('release')
})

test('of many who wait, one works at a time', async () => {
  const file = lockFile()
  let atWork = 0
  let most = 0
  const work = async () => {
    most = Math.max(most, ++atWork)
    await new Promise((resolve) => setImmediate(resolve))
    atWork--
  }
  await Promise.all(Array.from({ length: 8 }, () => withLock(file, work)))
  expect(most).toBe(1)
  expect(fs.existsSync(file)).toBe(false)
})

test('failed work gives the lock back', async () => {
  const file = lockFile()
  await expect(withLock(file, () => Promise.reject(new Error('no')))).rejects.toThrow('no')
  expect(fs.existsSync(file)).toBe(false)
})

test('this process runs, and knows itself', () => {
  expect(isRunning(identify(process.pid))).toBe(true)
})
