import { globSync, readFileSync } from 'node:fs'
import { IntlMessageFormat } from 'intl-messageformat'
import { describe, expect, test } from 'vitest'
import { platformRefusals } from '#platform/contract/refusal.ts'
import type { AnyEndpoint } from '#platform/contract/endpoint.ts'
import { testServer } from '../harness/server.ts'
import { keysIn, textsIn } from './texts.ts'

const folders = globSync('{platform,modules,apps}/**/messages', {
  exclude: (name) => name.includes('node_modules'),
})
const read = (folder: string, language: string) =>
  JSON.parse(readFileSync(`${folder}/${language}.json`, 'utf8')) as Record<string, string>
const all = (language: string): Record<string, string> =>
  Object.assign({}, ...folders.map((folder) => read(folder, language)))
const fr = all('fr')
const en = all('en')

const code = globSync('{platform,modules,apps}/**/*.{ts,tsx}').filter(
  (file) => !/\.test\.tsx?$/.test(file) && !file.includes('node_modules'),
)
const components = code.filter((file) => file.endsWith('.tsx') && !file.includes('gallery'))

test('every message stands in French and in English, once', () => {
  expect(folders.length).toBeGreaterThan(3)
  const seen = new Map<string, string>()
  for (const folder of folders) {
    expect(Object.keys(read(folder, 'en')).toSorted(), folder).toEqual(
      Object.keys(read(folder, 'fr')).toSorted(),
    )
    for (const key of Object.keys(read(folder, 'fr'))) {
      expect(seen.get(key), `${key} stands in ${folder} too`).toBeUndefined()
      seen.set(key, folder)
    }
  }
})

test('every message can be read by the formatter, and takes the same values in both languages', () => {
  const values = (message: string, language: string) => {
    const names = new Set<string>()
    const visit = (element: unknown): void => {
      if (Array.isArray(element)) return element.forEach(visit)
      if (typeof element !== 'object' || element === null) return
      const { type, value } = element as { type?: number; value?: unknown }
      // 0 is literal text, 7 is the # of a plural.
      if (typeof type === 'number' && type !== 0 && type !== 7 && typeof value === 'string') names.add(value)
      Object.values(element).forEach(visit)
    }
    visit(new IntlMessageFormat(message, language).getAst())
    return [...names].toSorted()
  }
  for (const [key, message] of Object.entries(fr))
    expect(values(en[key] ?? '', 'en'), key).toEqual(values(message, 'fr'))
})

test('French is set as French is: unbreakable spaces before high punctuation and inside guillemets', () => {
  const wrong = Object.entries(fr).filter(([, message]) => {
    // ICU syntax has colons of its own only inside braces.
    const text = message.replaceAll(/\{[^{}]*\}/g, 'x')
    return (
      /[^\u00A0\u202F\s?!:][?!;»%€](\s|$)/u.test(text) ||
      / [:;?!»%€]/.test(text) ||
      /«(?![\u00A0\u202F])/.test(text) ||
      /'/.test(text.replaceAll(/'[{}]+'/g, ''))
    )
  })
  expect(wrong).toEqual([])
})

test('no component says a text that does not stand in messages/', () => {
  expect(components.length).toBeGreaterThan(20)
  expect(
    components.flatMap((file) =>
      // A key that is handed on becomes words there; one that did not would be seen by the wall of the pages.
      textsIn(readFileSync(file, 'utf8'), file)
        .filter((text) => !(text in fr))
        .map((text) => `${file}: ${text}`),
    ),
  ).toEqual([])
})

test('every key that is asked for exists', () => {
  const missing = code.flatMap((file) => {
    const { asked } = keysIn(readFileSync(file, 'utf8'), file)
    return asked.filter((key) => !(key in fr)).map((key) => `${file}: ${key}`)
  })
  expect(missing).toEqual([])
})

test('every refusal that is declared has its sentence', async () => {
  const declared = new Set<string>(Object.keys(platformRefusals))
  await testServer({
    onRoute: (route) => {
      const endpoint = route.config?.endpoint as AnyEndpoint | undefined
      for (const refusal of endpoint?.refusals ?? []) declared.add(refusal.code)
    },
  })
  expect([...declared].filter((refusal) => !(`refusals.${refusal}` in fr))).toEqual([])
})

describe('planted texts are red', () => {
  test.each([
    ['<p>Bonjour</p>', ['Bonjour']],
    ['<input placeholder="Rechercher" />', ['Rechercher']],
    ["<p>{'Bonjour'}</p>", ['Bonjour']],
    ['<button aria-label={`Fermer`} />', ['Fermer']],
    ["<p className='flex' data-x='Bonjour'>{t('clients.title')} — 12</p>", []],
  ])('%s', (jsx, texts) => {
    expect(textsIn(`const a = ${jsx}`, 'a.tsx')).toEqual(texts)
  })
})
