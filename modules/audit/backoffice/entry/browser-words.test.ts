import { expect, test } from 'vitest'
import fr from '../../messages/fr.json' with { type: 'json' }
import { translator } from '#platform/ui/translator.tsx'
import { browserInWords } from './browser-words.ts'

const t = translator('fr', fr)

test('a browser is told by its family and its system, however many others it names', () => {
  const chrome =
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0 Safari/537.36'
  expect(browserInWords(chrome, t)).toBe('Chrome sur Windows')
  expect(browserInWords(`${chrome} Edg/142.0`, t)).toBe('Edge sur Windows')
  const iphone =
    'Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 Version/19.0 Mobile/15E148 Safari/604.1'
  expect(browserInWords(iphone, t)).toBe('Safari sur iOS')
})

test('what is no browser stands as it names itself', () => {
  expect(browserInWords('curl/8.5.0', t)).toBe('curl/8.5.0')
  expect(browserInWords(null, t)).toBeNull()
})
