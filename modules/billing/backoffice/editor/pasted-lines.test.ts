import { expect, test } from 'vitest'
import { linesIn } from './pasted-lines.ts'

const like = { unit: 'HUR', vat: 'S 2000' }
const read = (text: string) =>
  linesIn(text, like)?.map(({ description, quantity, price, vat, unit }) => [
    description,
    quantity,
    price,
    vat,
    unit,
  ])

test('rows of a spreadsheet become lines, with what they say and the rest as the line before', () => {
  expect(read('Abonnement\t24,17\r\nOption SMS\t3\t5,00 €\r\nLivre\t1\t20\t5,5 %\r\n')).toEqual([
    ['Abonnement', '1', '24,17', 'S 2000', 'HUR'],
    ['Option SMS', '3', '5,00 €', 'S 2000', 'HUR'],
    ['Livre', '1', '20', 'S 550', 'HUR'],
  ])
})

test('text that is no table is left to be pasted as it is', () => {
  expect(linesIn('Abonnement de novembre', like)).toBeNull()
  expect(linesIn('deux\nlignes', like)).toBeNull()
})

test('a table of a thousand rows is as much as a document takes', () => {
  expect(linesIn('a\t1\n'.repeat(1_200), like)).toHaveLength(1_000)
})
