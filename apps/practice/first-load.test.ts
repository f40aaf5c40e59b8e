import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { firstLoad } from '../../platform/ui/vite.ts'

const folder = mkdtempSync(join(tmpdir(), 'practice-'))

// A process of its own, since a build takes its mode from NODE_ENV, which says `test` here.
beforeAll(() => {
  const vite = join(import.meta.dirname, '../../node_modules/vite/bin/vite.js')
  const config = join(import.meta.dirname, 'vite.config.ts')
  const args = [vite, 'build', '--config', config, '--outDir', folder, '--logLevel', 'error']
  execFileSync(process.execPath, args, { env: { ...process.env, NODE_ENV: 'production' } })
}, 120_000)
afterAll(() => rmSync(folder, { recursive: true }))

test('the first load of the practice app, which telephones ask for, is at most 150 kB of compressed JavaScript', () => {
  const { files, total } = firstLoad(folder)
  expect(Object.keys(files)).toContain('theme.js')
  expect(total).toBeGreaterThan(50_000)
  expect(total, JSON.stringify(files, null, 2)).toBeLessThanOrEqual(150_000)
})

test('nothing stands inline in the page: the security policy would refuse it', () => {
  const html = readFileSync(join(folder, 'index.html'), 'utf8')
  expect(html).toContain('<script')
  expect(html).not.toMatch(/<script(?![^>]*\ssrc=)|<style|\sstyle=|\son\w+=/)
})

test('the theme is settled before anything else loads', () => {
  const html = readFileSync(join(folder, 'index.html'), 'utf8')
  expect(html.indexOf('src="/theme.js"')).toBeLessThan(html.indexOf('type="module"'))
})
