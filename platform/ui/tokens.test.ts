import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { contrast, inGamut, type Oklch, parseOklch } from './contrast.ts'

const css = readFileSync(new URL('tokens.css', import.meta.url), 'utf8')

function theme(selector: string): Map<string, Oklch> {
  const start = css.indexOf(`${selector} {`)
  const block = css.slice(start, css.indexOf('\n}', start))
  const tokens = new Map<string, Oklch>()
  for (const [, name, value] of block.matchAll(/--([\w-]+): (oklch\([^;/]+\));/g)) {
    const colour = parseOklch(value ?? '')
    if (name && colour) tokens.set(name, colour)
  }
  return tokens
}

const themes = { day: theme(':root'), night: theme(":root[data-theme='night']") }
const grounds = ['canvas', 'surface', 'sunken', 'raised', 'hover']
const meanings = ['success', 'warning', 'danger', 'info', 'neutral']

const text: [string, string][] = [
  ...grounds.flatMap((ground): [string, string][] => [
    ['ink', ground],
    ['ink-muted', ground],
    ['ink-faint', ground],
    ['accent-ink', ground],
    ['danger-ink', ground],
  ]),
  ['ink', 'pressed'],
  ['ink-muted', 'pressed'],
  ['ink', 'accent-soft'],
  ['ink-muted', 'accent-soft'],
  ['accent-ink', 'accent-soft'],
  ['on-accent', 'accent'],
  ['on-accent', 'accent-hover'],
  ['on-danger', 'danger'],
  ['on-danger', 'danger-hover'],
  ['on-paper', 'paper'],
  ...meanings.map((meaning): [string, string] => [`${meaning}-ink`, `${meaning}-soft`]),
]

const marks: [string, string][] = [
  ...['canvas', 'surface', 'sunken', 'raised'].flatMap((ground): [string, string][] => [
    ['control', ground],
    ['accent', ground],
  ]),
  ...[...meanings, 'chart-1', 'chart-2', 'chart-3', 'chart-4', 'chart-5', 'chart-6'].map(
    (mark): [string, string] => [mark, 'surface'],
  ),
]

for (const [name, tokens] of Object.entries(themes)) {
  const colour = (token: string) => {
    const found = tokens.get(token)
    if (!found) throw new Error(`The ${name} theme has no token --${token}`)
    return found
  }
  const short = (pairs: [string, string][], least: number) =>
    pairs
      .map(([mark, ground]) => ({ mark, ground, ratio: contrast(colour(mark), colour(ground)) }))
      .filter(({ ratio }) => ratio < least)

  test(`by ${name}, text is readable on every ground it stands on (AA, 4.5:1)`, () => {
    expect(short(text, 4.5)).toEqual([])
  })

  test(`by ${name}, controls, meanings and chart marks stand out (3:1)`, () => {
    expect(short(marks, 3)).toEqual([])
  })

  test(`by ${name}, every colour can be shown by an ordinary screen`, () => {
    expect([...tokens].filter(([, value]) => !inGamut(value)).map(([token]) => token)).toEqual([])
  })
}

test('day and night name the same tokens', () => {
  expect([...themes.night.keys()]).toEqual([...themes.day.keys()])
})

test('black on white is 21:1 and a colour on itself 1:1', () => {
  const white = { l: 1, c: 0, h: 0 }
  expect(contrast({ l: 0, c: 0, h: 0 }, white)).toBeCloseTo(21, 1)
  expect(contrast(white, white)).toBe(1)
})
