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
const wordsIn = (language: 'fr' | 'en') =>
  JSON.parse(readFileSync(`modules/audit/messages/${language}.json`, 'utf8')) as Record<string, string>
const words = wordsIn('fr')
const english = wordsIn('en')
// Types hold each word of these lists to its sentences; only what stands in them can be chosen as a filter.
const lists = readFileSync('modules/audit/backoffice/words.ts', 'utf8')
const wordless = (kind: 'verb' | 'refused' | 'object', said: readonly string[]) =>
  said.filter((word) => !(`audit.${kind}.${word}` in words) || !lists.includes(`'${word}'`))

test('every verb an endpoint writes down is shown in words and can be filtered by', () => {
  expect(recording.length).toBeGreaterThan(30)
  expect(
    wordless('verb', [
      'endpoint.refused',
      'refusals.many',
      'staff.sign_in_refused',
      ...recording.map(({ records = '' }) => records),
    ]),
  ).toEqual([])
})

test('every verb says in both languages what was refused, to be read after « s’est vu refuser » and “was not allowed to”', () => {
  const verbs = [...lists.matchAll(/^  '([a-z_]+\.[a-z_.]+)',$/gm)].map(([, verb = '']) => verb)
  expect(verbs.length).toBeGreaterThan(80)
  expect(wordless('refused', [...verbs, ...recording.map(({ records = '' }) => records)])).toEqual([])
  const said = (text: Record<string, string>) =>
    Object.entries(text).filter(([key]) => key.startsWith('audit.refused.'))
  expect(said(words).filter(([, deed]) => !/^(de |d’[aeéhiou])/.test(deed))).toEqual([])
  expect(said(english).filter(([, deed]) => !/^[a-z]+( |$)/.test(deed) || /^(to|was) /.test(deed))).toEqual(
    [],
  )
})

test('so is every kind of object a refusal may be about', () => {
  const objects = recording.map(({ about, records = '' }) => about ?? records.split('.')[0] ?? '')
  expect(new Set(wordless('object', ['endpoint', ...objects]))).toEqual(new Set())
})
