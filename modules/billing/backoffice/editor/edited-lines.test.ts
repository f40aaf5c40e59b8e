import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  blankLine,
  changed,
  type EditedLine,
  inserted,
  isBlank,
  moved,
  movedTo,
  without,
} from './edited-lines.ts'

const line = (description: string): EditedLine => ({
  ...blankLine({ unit: 'C62', vat: 'S 2000' }),
  description,
})
const said = (lines: readonly EditedLine[]) => lines.map(({ description }) => description).join(' ')
const three = ['Abonnement', 'Option', 'Remise'].map(line)
const keyOf = (at: number) => three[at]?.key ?? ''

test('a line changes alone: the others are the very same', () => {
  const after = changed(three, keyOf(1), { price: '5' })
  expect(after[1]).toMatchObject({ description: 'Option', price: '5' })
  expect([after[0], after[2]]).toEqual([three[0], three[2]])
  expect(after[0]).toBe(three[0])
})

test('a line goes up and down, and stays at the edge', () => {
  expect(said(moved(three, keyOf(0), 1))).toBe('Option Abonnement Remise')
  expect(said(moved(three, keyOf(2), -1))).toBe('Abonnement Remise Option')
  expect(moved(three, keyOf(0), -1)).toBe(three)
  expect(moved(three, keyOf(2), 1)).toBe(three)
  expect(said(movedTo(three, keyOf(2), 0))).toBe('Remise Abonnement Option')
  expect(movedTo(three, 'gone', 0)).toBe(three)
})

test('what is taken out comes back where it stood', () => {
  const left = without(three, keyOf(1))
  expect(said(left)).toBe('Abonnement Remise')
  expect(said(inserted(left, 1, three[1] ?? line('')))).toBe('Abonnement Option Remise')
  // Others went meanwhile: it becomes the last.
  expect(said(inserted([], 5, three[1] ?? line('')))).toBe('Option')
})

test('however lines are moved, none is lost and none doubled', () => {
  const moves = fc.array(fc.record({ of: fc.nat(2), to: fc.integer({ min: -1, max: 4 }) }), { maxLength: 30 })
  fc.assert(
    fc.property(moves, (all) => {
      let lines: readonly EditedLine[] = three
      for (const { of, to } of all) lines = movedTo(lines, keyOf(of), to)
      expect(said([...lines].toSorted((a, b) => (a.description < b.description ? -1 : 1)))).toBe(
        'Abonnement Option Remise',
      )
    }),
  )
})

test('a line is blank until something of it is typed', () => {
  expect(isBlank(line(''))).toBe(true)
  expect(isBlank({ ...line(''), quantity: '3' })).toBe(true)
  expect(isBlank({ ...line(''), price: '0' })).toBe(false)
})
