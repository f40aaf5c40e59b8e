import { expect, test } from 'vitest'
import { formatsIn, MISSING } from './formats.ts'

const fr = formatsIn('fr')
const en = formatsIn('en')

test('money is written the French way, with spaces that do not break', () => {
  expect(fr.money(2900)).toBe('29,00\u00a0€')
  expect(fr.money(431_200)).toBe('4\u202f312,00\u00a0€')
  expect(en.money(2900)).toBe('€29.00')
  expect(fr.compactMoney(301_200)).toBe('3,0\u00a0k€')
  expect(en.compactMoney(301_200)).toBe('€3.0k')
})

test('an instant is shown at the time of Paris, in summer and in winter', () => {
  expect(fr.dayTime('2026-02-27T08:33:00Z')).toBe('27/02/2026 09:33')
  expect(fr.dayTime('2026-07-27T08:33:00Z')).toBe('27/07/2026 10:33')
  expect(en.dayTime('2026-02-27T08:33:00Z')).toBe('27/02/2026 09:33')
})

test('a plain date stays the same day wherever it is read', () => {
  expect(fr.day('2026-12-14')).toBe('14/12/2026')
  expect(fr.exact('2026-12-14')).toBe('lundi 14 décembre 2026')
})

test('what is missing or unreadable is a dash, never a zero', () => {
  for (const value of [null, undefined, '', '0000-00-00']) {
    expect(fr.day(value)).toBe(MISSING)
    expect(fr.dayTime(value)).toBe(MISSING)
    expect(fr.exact(value)).toBe(MISSING)
    expect(fr.relative(value)).toBe(MISSING)
  }
  expect(fr.money(null)).toBe(MISSING)
  expect(fr.money(0)).toBe('0,00\u00a0€')
})

test('a distance in time is told in its largest whole unit', () => {
  const now = new Date('2026-11-21T12:00:00Z')
  expect(fr.relative('2026-11-18T07:47:00Z', now)).toBe('il y a 3 jours')
  expect(fr.relative('2026-10-07T12:00:00Z', now)).toBe('il y a 1 mois')
  expect(fr.relative('2026-11-21T14:00:00Z', now)).toBe('dans 2 heures')
  expect(en.relative('2024-11-20T12:00:00Z', now)).toBe('2 years ago')
  expect(fr.relative('2026-11-21T11:59:30Z', now)).toBeNull()
})

test('rates come in basis points and changes carry their sign', () => {
  expect(fr.rate(2000)).toBe('20\u00a0%')
  expect(fr.alignedRate(240)).toBe('2,40\u00a0%')
  expect(fr.rate(550)).toBe('5,5\u00a0%')
  expect(fr.change(0.062)).toBe('+6,2\u00a0%')
  expect(fr.change(0.61)).toBe('+61,0\u00a0%')
  expect(fr.share(0.03)).toBe('3,0\u00a0%')
  expect(fr.change(-0.011)).toBe('-1,1\u00a0%')
})

test('a log is read to the second, an invoice’s quantity to three decimals', () => {
  expect(fr.instant('2026-02-27T08:33:05Z')).toBe('27/02/2026 09:33:05')
  expect(fr.instant(null)).toBe(MISSING)
  expect(fr.clock('2026-07-27T12:32:05Z')).toBe('14:32:05')
  expect(fr.quantity(1.125)).toBe('1,125')
})
