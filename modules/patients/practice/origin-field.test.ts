import { expect, test } from 'vitest'
import type { Origin } from '#contract/patients'
import { offered } from './origin-field.tsx'

const origin = (name: string, archived = false): Origin => ({ id: name, name, archived, patients: 0 })

test('the practice’s own words come first, then the usual ones that it has not under another spelling', () => {
  const names = offered(
    [origin('Le maire'), origin('pages jaunes'), origin('Bouche-à-oreille')],
    undefined,
    '',
  ).map(({ name }) => name)
  expect(names.slice(0, 2)).toEqual(['Le maire', 'pages jaunes'])
  expect(names).toContain('Médecin traitant')
  expect(names).not.toContain('Bouche à oreille')
  expect(names).not.toContain('Pages Jaunes')
})

test('what nobody is called is offered to be added, and what is archived only where it was chosen', () => {
  expect(offered([], undefined, ' Radio ').at(-1)).toEqual({ value: 'new', name: 'Radio', known: false })
  expect(offered([], undefined, 'medecin').map(({ name }) => name)).toEqual(['Médecin traitant', 'medecin'])
  const radio = origin('Radio', true)
  expect(offered([radio], undefined, 'radio')).toEqual([{ value: 'new', name: 'radio', known: false }])
  expect(offered([radio], radio, 'Radio')[0]).toMatchObject({ value: 'Radio', known: true })
})
