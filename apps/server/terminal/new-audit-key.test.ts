import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import { KeyError, parseVkey } from '#server/audit'
import { introductionOf, makeSigningKey, readSigningKey } from '#sequencer/audit'
import { newAuditKey } from './new-audit-key.ts'

function folder() {
  const made = fs.mkdtempSync(path.join(os.tmpdir(), 'mgp-key-'))
  onTestFinished(() => fs.rmSync(made, { recursive: true }))
  return path.join(made, 'keys', 'successor.key')
}

test('a successor is its owner’s alone, and what introduces it is printed', () => {
  const file = folder()
  const made = newAuditKey([file, '--name', "l'hôte/audit/log"])
  const [vkey = ''] = 'said' in made ? made.said.split('\n') : []
  expect(parseVkey(vkey).name).toBe("l'hôte/audit/log")
  expect(made).toMatchObject({
    said: expect.stringContaining(`VALUES ('${vkey.replace("'", "''")}', 'l''hôte`),
  })
  expect(fs.statSync(file).mode & 0o777).toBe(0o600)
  expect(fs.readFileSync(file, 'utf8')).toMatch(/^PRIVATE\+KEY\+l'hôte\/audit\/log\+/)
})

test('a key that is there is never overwritten, and a name that is none is refused', () => {
  const file = folder()
  newAuditKey([file, '--name', 'log'])
  const before = fs.readFileSync(file, 'utf8')
  expect(newAuditKey([file, '--name', 'log'])).toMatchObject({
    wrong: expect.stringContaining('exists already'),
  })
  expect(fs.readFileSync(file, 'utf8')).toBe(before)
  expect(() => newAuditKey([`${file}.2`, '--name', 'two words'])).toThrow(KeyError)
})

test('the key in use introduces it; without one that is said', () => {
  const file = folder()
  const former = path.join(path.dirname(file), 'signing.key')
  vi.stubEnv('AUDIT_SIGNING_KEY_FILE', former)
  onTestFinished(() => void vi.unstubAllEnvs())
  expect(newAuditKey([file, '--name', 'log'])).toMatchObject({
    said: expect.stringMatching(/, NULL\);[^]*no key in use/),
  })
  const signer = makeSigningKey(former, 'log')
  const said = newAuditKey([`${file}.2`, '--name', 'log'])
  const successor = readSigningKey(`${file}.2`)
  expect(said).toMatchObject({
    said: expect.stringContaining(`'log', '${introductionOf(successor!.vkey, signer)}');`), // just made
  })
  expect(said).not.toMatchObject({ said: expect.stringContaining('no key in use') })
})
