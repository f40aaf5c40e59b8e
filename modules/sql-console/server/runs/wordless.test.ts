import { expect, test } from 'vitest'
import { loadModule } from 'libpg-query'
import { wordless } from './wordless.ts'

await loadModule()

test('values and comments are left out, and what it does is not', () => {
  expect(
    wordless(`-- pour Zoé Martin
      UPDATE patients SET phone = '06 12 34 56 78', note = $$né le 1/2$$ /* elle /* encore */ */ WHERE last_name = U&'Zo\\00E9'; SELECT 5`),
  ).toBe('UPDATE patients SET phone = $1, note = $2   WHERE last_name = $3; SELECT $4')
})

test('what the parser does not read is not repeated', () => {
  expect(wordless("SELECT 'Zoé Martin")).toBe('')
  expect(wordless('patient Zoé Martin')).not.toContain('Zo')
})
