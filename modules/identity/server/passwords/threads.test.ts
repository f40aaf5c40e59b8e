import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { verify as verifyBare } from '@node-rs/argon2'
import { hash, threads, verify } from './threads.ts'

test('a hash is argon2id at the cost that was chosen, and only its own password opens it', async () => {
  // By a program of its own: in this process hashing is made cheap (tests/harness/quick-passwords.ts).
  const threadsFile = JSON.stringify(import.meta.resolve('./threads.ts'))
  const program = `import(${threadsFile}).then(({ hash }) => hash('une phrase de passe')).then(console.log)`
  const { stdout } = await promisify(execFile)(process.execPath, ['--eval', program])
  const made = stdout.trim()
  expect(made).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
  expect(await verifyBare(made, 'une phrase de passe')).toBe(true)
  expect(await verify(made, 'une phrase de passe')).toBe(true)
  expect(await verify(made, 'une phrase de passé')).toBe(false)
})

test('each question gets its own answer, however many are asked at once', async () => {
  const words = Array.from({ length: 3 * threads }, (_, at) => `phrase ${at}`)
  const hashes = await Promise.all(words.map((word) => hash(word)))
  const right = await Promise.all(words.map((word, at) => verify(hashes[at] ?? '', word)))
  const wrong = await Promise.all(
    words.map((word, at) => verify(hashes[(at + 1) % words.length] ?? '', word)),
  )
  expect(right).toEqual(words.map(() => true))
  expect(wrong).toEqual(words.map(() => false))
})

test('what is no hash is an error, and the thread goes on', async () => {
  await expect(verify('no hash', 'x')).rejects.toThrow()
  expect(await verify(await hash('x'), 'x')).toBe(true)
})
