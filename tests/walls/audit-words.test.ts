import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import type { AnyEndpoint } from '#platform/contract/endpoint.ts'
import { knownVerbs } from '../../modules/audit/backoffice/words.ts'
import { testServer } from '../harness/server.ts'

test('every verb an endpoint writes down is shown in words and can be filtered by', async () => {
  const recorded = new Set<string>()
  await testServer({
    onRoute: (route) => {
      const endpoint = route.config?.endpoint as AnyEndpoint | undefined
      if (endpoint?.records) recorded.add(endpoint.records)
    },
  })
  expect(recorded.size).toBeGreaterThan(3)
  expect([...recorded].filter((verb) => !knownVerbs.some((known) => known === verb))).toEqual([])
  const words = JSON.parse(readFileSync('modules/audit/messages/fr.json', 'utf8')) as Record<string, string>
  expect(knownVerbs.filter((verb) => !(`audit.verb.${verb}` in words))).toEqual([])
})
