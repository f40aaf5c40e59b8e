import { globSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { workKinds } from '#contract/tenancy'

const words = JSON.parse(readFileSync('modules/tenancy/messages/fr.json', 'utf8')) as Record<string, string>
const code = globSync('modules/tenancy/server/**/*.ts')
  .filter((file) => !file.endsWith('.test.ts'))
  .map((file) => readFileSync(file, 'utf8'))

test('every step of every kind of work is told in words', () => {
  const steps = code.flatMap((text) => {
    const [, kind, list] = /kind: '(\w+)',\s+steps: \[(.*?)\n {2,4}\],|$/s.exec(text) ?? []
    const [, one, line] = /kind: '(\w+)',\s+steps: \[(.*)\],\n/.exec(text) ?? []
    return [...(list ?? line ?? '').matchAll(/name: '(\w+)'/g)].map(([, step]) => `${kind ?? one}.${step}`)
  })
  expect(new Set(steps.map((step) => step.split('.')[0]))).toEqual(new Set(workKinds))
  expect(steps.filter((step) => !(`tenancy.step.${step}` in words))).toEqual([])
})

test('every trouble a work can end in is told in words', () => {
  const troubles = code.flatMap((text) => [
    ...[...text.matchAll(/WorkTrouble\(\s*'(\w+)'/g)].map(([, trouble]) => trouble),
    ...[...text.matchAll(/'(archive_\w+)'/g)].map(([, trouble]) => trouble),
  ])
  expect(new Set(troubles).size).toBeGreaterThan(8)
  expect(troubles.filter((trouble) => !(`tenancy.trouble.${trouble}` in words))).toEqual([])
})

test('whatever stops a migration of the fleet is told in words', () => {
  const reasons = code.flatMap((text) =>
    [...text.matchAll(/stop(?:MigrationRow)?\((?:db|ctx\.db)?,? ?id, '(\w+)'\)/g)].map(
      ([, reason]) => reason,
    ),
  )
  expect(new Set(reasons).size).toBe(3)
  expect(reasons.filter((reason) => !(`tenancy.stopped.${reason}` in words))).toEqual([])
})
