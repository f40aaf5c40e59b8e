import { expect, test } from 'vitest'
import { meantBy, withMention } from './mentions.tsx'

const agents = ['Karim Benali', 'Léa Marchand', 'Sophie Garnier'].map((name) => ({ id: name, name }))
const meant = (text: string) => meantBy(text, agents).map(({ name }) => name)

test('whoever types @ is offered the team, and those whose name begins so', () => {
  expect(meant('Vu avec @')).toHaveLength(3)
  expect(meant('Vu avec @le')).toEqual(['Léa Marchand'])
  expect(meant('@ben')).toEqual(['Karim Benali'])
  expect(meant('@Karim B')).toEqual(['Karim Benali'])
  expect(withMention('Vu avec @le', 'Léa Marchand')).toBe('Vu avec @Léa Marchand ')
})

test('an address is no call, and a whole name calls for no more', () => {
  expect(meant('karim@')).toEqual([])
  expect(meant('@Karim Benali')).toEqual([])
  expect(meant('@Karim Benali ')).toEqual([])
})
