import { expect, test } from 'vitest'
import { peopleGroups } from './people-groups.ts'

const person = (name: string, gains: string[], losses: string[] = []) => ({ id: name, name, gains, losses })

test('people who gain and lose the same stand together, whoever loses something first', () => {
  expect(
    peopleGroups([
      person('Inès', ['mail.read']),
      person('Karim', ['audit.read']),
      person('Lucie', ['mail.read'], ['audit.read']),
      person('Marc', ['audit.read']),
    ]),
  ).toEqual([
    { gains: ['mail.read'], losses: ['audit.read'], names: ['Lucie'] },
    { gains: ['audit.read'], losses: [], names: ['Karim', 'Marc'] },
    { gains: ['mail.read'], losses: [], names: ['Inès'] },
  ])
})
