import { IntlMessageFormat } from 'intl-messageformat'
import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import type { MessageKey } from './messages.tsx'
import { translator } from './translator.tsx'

const words = {
  plain: 'Réessayer',
  quote: "L'essai",
  count: '{count, plural, one {# client} other {# clients}}',
  bold: 'Il faut la permission <b>{name}</b>.',
}
// Keys of this test only: no module declares them.
const key = (name: keyof typeof words | 'unheard') => name as MessageKey

test('a message takes its values, in the plural of its language', () => {
  const t = translator('fr', words)
  expect(t(key('plain'))).toBe('Réessayer')
  expect(t(key('quote'))).toBe("L'essai")
  expect(t(key('count'), { count: 0 })).toBe('0 client')
  expect(t(key('count'), { count: 1234 })).toBe('1\u202f234 clients')
  expect(translator('en', words)(key('count'), { count: 0 })).toBe('0 clients')
})

test('a message that a build has parsed says the same as its text', () => {
  const parsed = Object.fromEntries(
    Object.entries(words).map(([name, text]) => [name, new IntlMessageFormat(text, 'fr').getAst()]),
  )
  const values = { count: 3, name: 'clients.edit' }
  for (const name of ['plain', 'quote', 'count'] as const)
    expect(translator('fr', parsed)(key(name), values)).toBe(translator('fr', words)(key(name), values))
})

test('elements may stand inside a message', () => {
  const t = translator('fr', words)
  const shown = t.rich(key('bold'), { name: 'clients.edit', b: (text) => <b>{text}</b> })
  expect(renderToStaticMarkup(shown)).toBe('Il faut la permission <b>clients.edit</b>.')
})

test('a key nobody has put into words shows itself', () => {
  expect(translator('fr', words)(key('unheard'))).toBe('unheard')
})
