import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import type { AnyEndpoint } from '#platform/contract/endpoint.ts'
import { testServer } from '../harness/server.ts'

const recording: AnyEndpoint[] = []
await testServer({
  onRoute: (route) => {
    const endpoint = route.config?.endpoint as AnyEndpoint | undefined
    if (endpoint?.records) recording.push(endpoint)
  },
})
const words = JSON.parse(readFileSync('modules/audit/messages/fr.json', 'utf8')) as Record<string, string>
// Types hold each word of these lists to its sentences; only what stands in them can be chosen as a filter.
const lists = readFileSync('modules/audit/backoffice/words.ts', 'utf8')
const wordless = (kind: 'verb' | 'object', said: readonly string[]) =>
  said.filter((word) => !(`audit.${kind}.${word}` in words) || !lists.includes(`'${word}'`))

test('every verb an endpoint writes down is shown in words and can be filtered by', () => {
  expect(recording.length).toBeGreaterThan(30)
  expect(
    wordless('verb', [
      'endpoint.refused',
      'staff.sign_in_refused',
      ...recording.map(({ records = '' }) => records),
    ]),
  ).toEqual([])
})

test('so is every kind of object a refusal may be about', () => {
  const objects = recording.map(({ about, records = '' }) => about ?? records.split('.')[0] ?? '')
  expect(new Set(wordless('object', ['endpoint', ...objects]))).toEqual(new Set())
})
