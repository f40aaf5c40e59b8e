import { expect, test } from 'vitest'
import { sameQuery, viewQuery } from './view-query.ts'

test('a view keeps what is set, several values joined by commas', () => {
  expect(
    viewQuery({ status: ['active', 'prospect'], department: [], q: 'arn', trash: undefined }, '-lastSignIn'),
  ).toEqual({ status: 'active,prospect', q: 'arn', sort: '-lastSignIn' })
})

test('views that show the same are the same, whatever the order of their words', () => {
  expect(sameQuery({ q: 'arn', status: 'active' }, { status: 'active', q: 'arn' })).toBe(true)
})

test.each([
  [{ q: 'arn' }, { q: 'arnaud' }],
  [{ q: 'arn' }, {}],
  [{ q: 'arn' }, { q: 'arn', sort: 'name' }],
  [{ status: 'active' }, { kind: 'active' }],
])('%j and %j are different views', (one: Record<string, string>, other: Record<string, string>) => {
  expect(sameQuery(one, other)).toBe(false)
})
