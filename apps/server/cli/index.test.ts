import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { rootDir } from '#platform/server/config.ts'

function mgp(args: string[], { program = path.join(rootDir, 'bin/mgp'), env = {} } = {}) {
  return spawnSync(program, args, { cwd: os.tmpdir(), encoding: 'utf8', env: { ...process.env, ...env } })
}

test('help lists every command, from any folder', () => {
  const { status, stdout } = mgp(['help'])
  expect(status).toBe(0)
  for (const usage of ['clients import FILE', 'demo', 'migrate', 'sla due', 'staff create', 'types']) {
    expect(stdout).toContain(`mgp ${usage}`)
  }
})

test('it is found through a symbolic link', () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'mgp lien '))
  onTestFinished(() => fs.rmSync(folder, { recursive: true }))
  const program = path.join(folder, 'mgp')
  fs.symlinkSync(path.join(rootDir, 'bin/mgp'), program)
  expect(mgp(['help'], { program }).status).toBe(0)
})

test('an unknown command is named and answered with the list, exit code 2', () => {
  const { status, stdout, stderr } = mgp(['fly'])
  expect(status).toBe(2)
  expect(stderr).toContain('Unknown command: fly')
  expect(stdout).toContain('mgp migrate')
})

test('a bad variable is named, exit code 2', () => {
  const { status, stderr } = mgp(['migrate'], { env: { PORT: 'x' } })
  expect(status).toBe(2)
  expect(stderr).toContain('PORT is "x"')
})
