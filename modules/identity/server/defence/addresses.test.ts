import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { bucketsOf } from './addresses.ts'

describe('one subscriber is one bucket', () => {
  test.each([
    ['192.0.2.7', '192.0.2.7/32'],
    ['::ffff:192.0.2.7', '192.0.2.7/32'],
    ['::FFFF:C000:207', '192.0.2.7/32'],
    ['0:0:0:0:0:ffff:192.0.2.7', '192.0.2.7/32'],
    ['::ffff:0:192.0.2.7', '192.0.2.7/32'],
    ['64:ff9b::192.0.2.7', '192.0.2.7/32'],
    ['64:ff9b::c000:207', '192.0.2.7/32'],
    ['2002:c000:207::1', '192.0.2.7/32'],
    ['2002:c000:207:ffff::1', '192.0.2.7/32'],
    ['2001:0:4136:e378:8000:63bf:3fff:fdf8', '192.0.2.7/32'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:0db8:0001:0002::9', '2001:db8:1:2::/64'],
    ['2001:DB8:1:2::', '2001:db8:1:2::/64'],
    ['2001:db8::1', '2001:db8::/64'],
    ['::1', '::/64'],
    ['fe80::1%eth0', 'fe80::/64'],
    ['fe80::1', 'fe80::/64'],
  ])('%s counts for %s', (ip, bucket) => {
    expect(bucketsOf(ip).bucket).toBe(bucket)
  })

  test.each([
    '',
    '1',
    'unknown',
    '0x7f.0.0.1',
    '010.0.0.1',
    '192.0.2.7:443',
    '[2001:db8::1]',
    '192.0.2.0/24',
    ':::1',
  ])('what is no address, %j, has one bucket with all such', (ip) => {
    expect(bucketsOf(ip)).toEqual({ bucket: '::/128', site: null })
  })

  test('an IPv6 network stands in its /48, an IPv4 address in none', () => {
    expect(bucketsOf('2001:db8:1:2::3').site).toBe('2001:db8:1::/48')
    expect(bucketsOf('192.0.2.7').site).toBeNull()
  })
})

const group = fc.integer({ min: 0, max: 0xffff })
/** Global unicast outside 2000::/15, where addresses made from IPv4 ones live. */
const network = fc.tuple(fc.integer({ min: 0x2003, max: 0x3fff }), group, group, group)
const host = fc.tuple(group, group, group, group)
const written = (groups: readonly number[]) => groups.map((part) => part.toString(16)).join(':')

describe('whatever the spelling', () => {
  test('two addresses share a bucket exactly when their first 64 bits do, and a /48 when their first 48 do', () => {
    fc.assert(
      fc.property(network, network, host, host, (one, other, here, there) => {
        const a = bucketsOf(written([...one, ...here]))
        expect(bucketsOf(written([...one, ...there]))).toEqual(a)
        const b = bucketsOf(written([...other, ...there]))
        expect(a.bucket === b.bucket).toBe(written(one) === written(other))
        expect(a.site === b.site).toBe(written(one.slice(0, 3)) === written(other.slice(0, 3)))
      }),
    )
  })

  test('leading zeros, capitals, a zone and an IPv4 tail change nothing', () => {
    fc.assert(
      fc.property(network, host, fc.stringMatching(/^[a-z0-9]{1,8}$/), (net, own, zone) => {
        const groups = [...net, ...own]
        const plain = bucketsOf(written(groups))
        const padded = groups.map((part) => part.toString(16).padStart(4, '0').toUpperCase())
        const [g, h] = own.slice(2) as [number, number]
        const tail = [g >> 8, g & 255, h >> 8, h & 255].join('.')
        expect(bucketsOf(padded.join(':'))).toEqual(plain)
        expect(bucketsOf(`${written(groups)}%${zone}`)).toEqual(plain)
        expect(bucketsOf(`${written(groups.slice(0, 6))}:${tail}`)).toEqual(plain)
      }),
    )
  })

  test('an IPv4 address is itself alone, however it comes', () => {
    fc.assert(
      fc.property(fc.ipV4(), fc.ipV4(), (one, other) => {
        const bucket = bucketsOf(one)
        expect(bucket).toEqual({ bucket: `${one}/32`, site: null })
        for (const prefix of ['::ffff:', '64:ff9b::', '::ffff:0:'])
          expect(bucketsOf(prefix + one)).toEqual(bucket)
        expect(bucketsOf(other).bucket === bucket.bucket).toBe(one === other)
      }),
    )
  })

  test('no text whatever breaks it', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.ipV6(), fc.ipV4Extended()), (text) => {
        const { bucket, site } = bucketsOf(text)
        expect(bucket).toMatch(/^[\d.a-f:]+\/(32|64|128)$/)
        if (site !== null) expect(site).toMatch(/^[a-f\d:]*::\/48$/)
      }),
    )
  })
})
