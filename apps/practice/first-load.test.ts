import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { rootDir } from '#platform/server/config.ts'
import { firstLoad } from '../../platform/ui/vite.ts'
import { buildWebApps } from '../server/launch/web-builds.ts'

// The very build that is served, made now unless these sources were built before.
const folder = join(rootDir, 'dist/practice')
beforeAll(() => buildWebApps(() => {}), 120_000)

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
  expect(html.indexOf('src="/theme.js"')).toBeLessThan(html.indexOf('rel="modulepreload"'))
})
