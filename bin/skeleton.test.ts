import { expect, test } from 'vitest'
import { skeleton } from './skeleton.ts'
import { importsOf, violation } from '../tests/walls/floors.ts'

const files = skeleton('fee-notes')

test('a new module has the house’s shape', () => {
  expect(Object.keys(files)).toEqual([
    'README.md',
    'contract.ts',
    'messages/fr.json',
    'messages/en.json',
    'server/index.ts',
    'server/listing.ts',
    'server/queries.ts',
  ])
  expect(Object.keys(JSON.parse(files['messages/fr.json'] ?? '') as object)).toEqual(
    Object.keys(JSON.parse(files['messages/en.json'] ?? '') as object),
  )
})

test('and breaks no law of the floors', () => {
  for (const [file, code] of Object.entries(files)) {
    if (!file.endsWith('.ts')) continue
    for (const specifier of importsOf(code, file))
      expect(violation(`modules/fee-notes/${file}`, specifier, {}), specifier).toBeUndefined()
  }
  expect(files['contract.ts']).toContain('export const listFeeNotes = endpoint({')
})
