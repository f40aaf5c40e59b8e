import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { earlyWords, wordsSaidIn } from '../../platform/ui/build/early-words.ts'
import { manifestOf, manifests } from './manifests.ts'

const modules = join(import.meta.dirname, '../../modules')
const names = globSync('*/backoffice/index.tsx', { cwd: modules }).map((file) => file.split('/')[0] ?? file)

const borrowedBy: Readonly<Record<string, readonly string[]>> = Object.fromEntries(
  Object.entries(manifestOf).map(([name, { borrows = [] }]) => [name, borrows]),
)

const keysOf = (module: string) =>
  Object.keys(JSON.parse(readFileSync(join(modules, module, 'messages/fr.json'), 'utf8')) as object)
const permissions = new Set(
  keysOf('access').flatMap((key) => /^access\.permission\.(.+)$/.exec(key)?.[1] ?? []),
)
const isEarly = (module: string) =>
  earlyWords(import.meta.dirname, join(modules, module, 'backoffice/index.tsx'))

test('titles, menus and commands have their words before any page is open', () => {
  const asked = manifests.flatMap(({ pages, menu = [], commands = [] }) => [
    ...pages.map(({ title }) => title),
    ...[...menu, ...commands].map(({ label }) => label),
  ])
  const early = new Set(names.flatMap((name) => keysOf(name).filter(isEarly(name))))
  expect(asked.filter((key) => !/^(shell|ui)\./.test(key) && !early.has(key))).toEqual([])
})

test('a page says only words that come with it: of its own module, early ones, or borrowed ones', () => {
  const unheard = names.flatMap((name) => {
    const files = globSync(`${name}/backoffice/**/*.{ts,tsx}`, { cwd: modules })
      .filter((file) => !file.includes('.test.'))
      .map((file) => join(modules, file))
    const isSaid = wordsSaidIn(files)
    const borrowed = borrowedBy[name] ?? []
    return (
      names
        .filter((other) => other !== name && !borrowed.includes(other))
        .flatMap((other) => keysOf(other).filter((key) => isSaid(key) && !isEarly(other)(key)))
        // Asked for by code, and fallen back from; or the name of a permission, which some keys share.
        .filter((key) => !key.startsWith('fields.') && !permissions.has(key))
        .map((key) => `${name} says ${key}`)
    )
  })
  expect(unheard).toEqual([])
})

test('what a module shows on the pages of others brings its words', () => {
  const bare = names.flatMap((name) =>
    globSync(`${name}/backoffice/{index.tsx,*-manifest.ts}`, { cwd: modules }).flatMap((file) => {
      const code = readFileSync(join(modules, file), 'utf8')
      return /\bpart(<\w+>)?\(\(\) =>\s*import\(/.test(code) ? [file] : []
    }),
  )
  expect(bare).toEqual([])
})

test('most words wait for the pages that say them', () => {
  const all = names.flatMap(keysOf)
  const early = names.flatMap((name) => keysOf(name).filter(isEarly(name)))
  expect(early.length).toBeLessThan(all.length / 4)
})
