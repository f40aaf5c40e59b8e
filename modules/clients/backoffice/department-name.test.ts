import { describe, expect, test } from 'vitest'
import { departmentName, departmentOfPostalCode } from './department-name.ts'

describe('the department of a postal code', () => {
  test.each([
    ['54000', '54'],
    ['01000', '01'],
    ['75011', '75'],
    ['20000', '2A'],
    ['20167', '2A'],
    ['20200', '2B'],
    ['20600', '2B'],
    ['97110', '971'],
    ['97490', '974'],
    ['98714', '987'],
  ])('%s lies in %s', (postalCode, department) => expect(departmentOfPostalCode(postalCode)).toBe(department))

  test.each(['', '5400', '540000', 'ABCDE', '98000', '00100'])(
    '%j lies in none that is known',
    (postalCode) => expect(departmentOfPostalCode(postalCode)).toBeNull(),
  )
})

test('a department is called by its code and its name', () => {
  expect(departmentName('54')).toBe('54 Meurthe-et-Moselle')
  expect(departmentName('2A')).toBe('2A Corse-du-Sud')
})

test('a code that is not known stands alone', () => {
  expect(departmentName('99')).toBe('99')
})
