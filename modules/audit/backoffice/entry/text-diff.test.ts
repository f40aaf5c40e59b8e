import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Piece, textDiff } from './text-diff.ts'

const changed = (pieces: Piece[]) => pieces.filter((piece) => piece.changed).map(({ text }) => text)
const whole = (pieces: Piece[]) => pieces.map(({ text }) => text).join('')

test('only the words that changed are marked', () => {
  const diff = textDiff('Rappeler lundi matin au cabinet', 'Rappeler mardi matin au cabinet de Nîmes')
  expect(changed(diff.before)).toEqual(['lundi'])
  expect(changed(diff.after)).toEqual(['mardi', ' de Nîmes'])
})

test('words that changed side by side are one piece', () => {
  expect(changed(textDiff('a b c d', 'a x y d').before)).toEqual(['b c'])
})

test('both sides can be read whole, whatever they are', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 80 }), fc.string({ maxLength: 80 }), (before, after) => {
      const diff = textDiff(before, after)
      expect(whole(diff.before)).toBe(before)
      expect(whole(diff.after)).toBe(after)
      if (before === after) expect(changed(diff.after)).toEqual([])
    }),
  )
})

test('very long texts are not compared word by word', () => {
  const long = (word: string) => Array.from({ length: 2_000 }, (_, at) => `${word}${at}`).join(' ')
  expect(changed(textDiff(long('a'), long('b')).after)).toHaveLength(1)
})
