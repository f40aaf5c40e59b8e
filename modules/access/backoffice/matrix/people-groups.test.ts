import { expect, test } from 'vitest'
import { peopleGroups } from './people-groups.ts'

const person = (name: string, gains: string[], losses: string[] = [], limited: string[] = []) => ({
  id: name,
  name,
  gains,
  losses,
  limited,
})

test('people who gain and lose the same stand together, whoever loses or keeps less first', () => {
  expect(
    peopleGroups([
      person('Inès', ['mail.read']),
      person('Karim', ['audit.read']),
      person('Lucie', ['mail.read'], ['audit.read']),
      person('Marc', ['audit.read']),
      person('Noé', [], [], ['clients.read']),
    ]),
  ).toEqual([
    { gains: ['mail.read'], losses: ['audit.read'], limited: [], names: ['Lucie'] },
    { gains: [], losses: [], limited: ['clients.read'], names: ['Noé'] },
    { gains: ['audit.read'], losses: [], limited: [], names: ['Karim', 'Marc'] },
    { gains: ['mail.read'], losses: [], limited: [], names: ['Inès'] },
  ])
})
