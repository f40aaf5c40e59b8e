import { describe, expect, test } from 'vitest'
import { between, pairs } from './effects.ts'
import { countSame, joined, noRows, picked, rowsIn, without } from './rows.ts'

const rows = (...found: [place: string, key: string][]) => rowsIn(new Map(found))

describe('rows that came as two texts', () => {
  test('are taken out by where they lie, and put together again', () => {
    const all = rows(['(0,1)', 'a'], ['(0,2)', 'b'], ['(0,3)', 'c'])
    expect(picked(all, (place) => place !== '(0,2)')).toEqual(rows(['(0,1)', 'a'], ['(0,3)', 'c']))
    expect(without(all, rows(['(0,1)', 'a'], ['(0,3)', 'c']))).toEqual(rows(['(0,2)', 'b']))
    expect(joined(rows(['(0,1)', 'a']), rows(['(0,2)', 'b']))).toEqual(rows(['(0,1)', 'a'], ['(0,2)', 'b']))
    expect([joined(noRows, all), without(all, noRows)]).toEqual([all, all])
  })

  test('are the same as often as their key stands on both sides', () => {
    const some = rows(['(0,1)', 'a'], ['(0,2)', 'b'])
    expect(countSame(some, rows(['(1,1)', 'a'], ['(1,2)', 'b']))).toBe(2)
    expect(countSame(some, rows(['(1,1)', 'b'], ['(1,2)', 'a']))).toBe(2)
    expect(countSame(some, rows(['(1,1)', 'c'], ['(1,2)', 'b'], ['(1,3)', 'b']))).toBe(1)
    expect(countSame(some, noRows)).toBe(0)
  })

  test('are paired by key, in whichever order they came, and one that came alone is told last', () => {
    const difference = between(
      { made: noRows, gone: noRows },
      {
        gone: rows(['(0,1)', 'a'], ['(0,2)', 'b']),
        made: rows(['(1,1)', 'b'], ['(1,2)', 'c'], ['(1,3)', 'a']),
      },
    )
    expect(pairs(difference, 10)).toEqual([
      { before: { place: '(0,1)', own: false }, after: '(1,3)' },
      { before: { place: '(0,2)', own: false }, after: '(1,1)' },
      { after: '(1,2)' },
    ])
    expect(pairs(difference, 1)).toEqual([{ before: { place: '(0,1)', own: false }, after: '(1,3)' }])
  })

  test('that we made ourselves and have replaced are our own', () => {
    const made = rows(['(1,1)', 'a'])
    const difference = between({ made, gone: noRows }, { made: rows(['(1,2)', 'a']), gone: noRows })
    expect(difference).toMatchObject({ own: 1, same: 1 })
    expect(pairs(difference, 10)).toEqual([{ before: { place: '(1,1)', own: true }, after: '(1,2)' }])
  })
})
