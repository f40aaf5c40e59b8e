import { expect, test } from 'vitest'
import { tagsOffered } from './tags-offered.ts'

const known = ['agenda', 'mes rappels', 'rappels', 'écran']

test('a tag in use comes before a new one, what begins so before what holds it', () => {
  expect(tagsOffered('Rapp', known, [])).toEqual(['rappels', 'mes rappels', 'Rapp'])
  expect(tagsOffered('ECRAN', known, [])).toEqual(['écran'])
})

test('one that it has, or that nobody typed yet, is not offered', () => {
  expect(tagsOffered('rapp', known, ['Rappels'])).toEqual(['mes rappels', 'rapp'])
  expect(tagsOffered('rappels', known, ['rappels'])).toEqual(['mes rappels'])
  expect(tagsOffered('  ', known, [])).toEqual([])
})
