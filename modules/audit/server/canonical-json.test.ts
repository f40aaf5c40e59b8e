import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { canonicalJson, isCanonicalJson } from './canonical-json.ts'

/** The IEEE 754 double of these 16 hexadecimal digits. */
const double = (hex: string) => Buffer.from(hex, 'hex').readDoubleBE()

describe('RFC 8785', () => {
  test.each([
    ['0000000000000000', '0'],
    ['8000000000000000', '0'],
    ['0000000000000001', '5e-324'],
    ['8000000000000001', '-5e-324'],
    ['7fefffffffffffff', '1.7976931348623157e+308'],
    ['ffefffffffffffff', '-1.7976931348623157e+308'],
    ['4340000000000000', '9007199254740992'],
    ['c340000000000000', '-9007199254740992'],
    ['4430000000000000', '295147905179352830000'],
    ['44b52d02c7e14af5', '9.999999999999997e+22'],
    ['44b52d02c7e14af6', '1e+23'],
    ['44b52d02c7e14af7', '1.0000000000000001e+23'],
    ['444b1ae4d6e2ef4e', '999999999999999700000'],
    ['444b1ae4d6e2ef4f', '999999999999999900000'],
    ['444b1ae4d6e2ef50', '1e+21'],
    ['3eb0c6f7a0b5ed8c', '9.999999999999997e-7'],
    ['3eb0c6f7a0b5ed8d', '0.000001'],
    ['41b3de4355555553', '333333333.3333332'],
    ['41b3de4355555554', '333333333.33333325'],
    ['41b3de4355555555', '333333333.3333333'],
    ['41b3de4355555556', '333333333.3333334'],
    ['41b3de4355555557', '333333333.33333343'],
    ['becbf647612f3696', '-0.0000033333333333333333'],
    ['43143ff3c1cb0959', '1424953923781206.2'],
  ])('appendix B: %s is written %s', (hex, written) => {
    expect(canonicalJson(double(hex))).toBe(written)
  })

  test.each(['7fffffffffffffff', '7ff0000000000000', 'fff0000000000000'])(
    'appendix B: %s cannot be written',
    (hex) => {
      expect(() => canonicalJson(double(hex))).toThrow(TypeError)
    },
  )

  test('section 3.2.2: the sample of literals, numbers and strings', () => {
    const sample = JSON.parse(
      String.raw`{
        "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
        "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
        "literals": [null, true, false]
      }`,
    ) as unknown
    expect(canonicalJson(sample)).toBe(
      String.raw`{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\u000f\nA'B\"\\\\\"/"}`,
    )
  })

  test('section 3.2.3: members stand in the order of UTF-16 code units, not of code points', () => {
    const sample = {
      '\u20ac': 'Euro Sign',
      '\r': 'Carriage Return',
      '\ufb33': 'Hebrew Letter Dalet With Dagesh',
      '1': 'One',
      '\ud83d\ude00': 'Emoji: Grinning Face',
      '\u0080': 'Control',
      '\u00f6': 'Latin Small Letter O With Diaeresis',
    }
    expect(Object.values(JSON.parse(canonicalJson(sample)) as object)).toEqual(
      // An object of JavaScript names its integers first, whatever the text says.
      ['One', 'Carriage Return', ...names.slice(2)],
    )
    expect([...canonicalJson(sample).matchAll(/:"([^"]+)"/g)].map(([, name]) => name)).toEqual(names)
  })
})

const names = [
  'Carriage Return',
  'One',
  'Control',
  'Latin Small Letter O With Diaeresis',
  'Euro Sign',
  'Emoji: Grinning Face',
  'Hebrew Letter Dalet With Dagesh',
]

describe('strings', () => {
  test('of every Unicode plane come back as they were, and only what must be escaped is', () => {
    for (let plane = 0; plane <= 16; plane++) {
      const text = [0x41, 0xe9, 0xd7ff, 0xe000, 0xfffd, 0xfffe, 0xffff]
        .map((point) => (plane === 0 ? point : plane * 0x1_0000 + point))
        .map((point) => String.fromCodePoint(point))
        .join('')
      expect(canonicalJson(text)).toBe(`"${text}"`)
      expect(JSON.parse(canonicalJson({ [text]: text }))).toEqual({ [text]: text })
    }
  })

  test('control characters have their short form where there is one, and small hexadecimal digits', () => {
    expect(canonicalJson('\u0000\u0001\b\t\n\u000b\f\r\u001f\u007f\u2028"\\/')).toBe(
      String.raw`"\u0000\u0001\b\t\n\u000b\f\r\u001f` + '\u007f\u2028' + String.raw`\"\\/"`,
    )
  })

  test.each(['\ud800', 'a\udc00', '\udc00\ud800'])('half of a surrogate pair is refused: %j', (half) => {
    expect(() => canonicalJson(half)).toThrow(TypeError)
    expect(() => canonicalJson({ [half]: 1 })).toThrow(TypeError)
    expect(() => isCanonicalJson(JSON.stringify([half]), [half])).toThrow(TypeError)
  })
})

test('what is absent is left out, an instant is its text, and what JSON cannot say is refused', () => {
  expect(canonicalJson({ b: undefined, a: [undefined, 1] })).toBe('{"a":[null,1]}')
  expect(canonicalJson(new Date('2026-11-22T08:30:00Z'))).toBe('"2026-11-22T08:30:00.000Z"')
  for (const value of [undefined, () => 1, Symbol('x'), 1n])
    expect(() => canonicalJson(value)).toThrow(TypeError)
})

describe('whatever the value', () => {
  const value = fc.jsonValue({ maxDepth: 4 })

  test('it reads back the same, and writing what was read changes nothing', () => {
    fc.assert(
      fc.property(value, (one) => {
        const json = canonicalJson(one)
        expect(JSON.stringify(sorted(JSON.parse(json)))).toBe(JSON.stringify(sorted(one)))
        expect(canonicalJson(JSON.parse(json))).toBe(json)
        expect(isCanonicalJson(json, JSON.parse(json))).toBe(true)
      }),
    )
  })

  test('the order its members were given in does not matter', () => {
    fc.assert(
      fc.property(value, (one) => {
        expect(canonicalJson(reversed(one))).toBe(canonicalJson(one))
      }),
    )
  })

  test('a text that differs in a space or in its order is not canonical', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string({ minLength: 1 }), value, { minKeys: 2 }), (one) => {
        const json = canonicalJson(one)
        const parsed: unknown = JSON.parse(json)
        expect(isCanonicalJson(` ${json}`, parsed)).toBe(false)
        const turned = `{${Object.keys(one)
          .toSorted()
          .toReversed()
          .map((name) => `${JSON.stringify(name)}:${canonicalJson(one[name])}`)
          .join(',')}}`
        expect(isCanonicalJson(turned, JSON.parse(turned))).toBe(false)
      }),
    )
  })
})

/** Without a sign on zero, which JSON text need not keep, and with members in one order. */
function sorted(value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(rebuilt(value, (members) => members.toSorted(([a], [b]) => (a < b ? -1 : 1)))),
  )
}
const reversed = (value: unknown): unknown => rebuilt(value, (members) => members.toReversed())

type Members = [string, unknown][]
function rebuilt(value: unknown, order: (members: Members) => Members): unknown {
  if (Array.isArray(value)) return value.map((one: unknown) => rebuilt(one, order))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(order(Object.entries(value)).map(([name, one]) => [name, rebuilt(one, order)]))
}
