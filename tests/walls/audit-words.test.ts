import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import type { AnyEndpoint } from '#platform/contract/endpoint.ts'
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
  const words = JSON.parse(readFileSync('modules/audit/messages/fr.json', 'utf8')) as Record<string, string>
  expect([...recorded].filter((verb) => !(`audit.verb.${verb}` in words))).toEqual([])
  // Types hold each verb of this list to its words; only what stands in it can be chosen as a filter.
  const list = readFileSync('modules/audit/backoffice/words.ts', 'utf8')
  expect([...recorded].filter((verb) => !list.includes(`'${verb}'`))).toEqual([])
})
