import { expect, test } from 'vitest'
import type { Impersonation } from '#contract/impersonation'
import { storyOf } from './story.ts'

const at = (minute: number) => new Date(Date.UTC(2026, 10, 22, 9, minute)).toISOString()

const asked: Impersonation = {
  id: '01a20387-6e8f-7942-a31b-3d525d85a906',
  state: 'waiting',
  actor: { id: '01a20387-6e8f-7942-a31b-3d525d85a901', name: 'Claire Fontaine' },
  subject: { id: '01a20387-6e8f-7942-a31b-3d525d85a902', name: 'Odile Verneuil', profile: 'practitioner' },
  tenant: { id: '01a20387-6e8f-7942-a31b-3d525d85a903', name: 'Cabinet d’Odile Verneuil', clientId: null },
  purpose: 'trouble',
  reason: 'Reproduire l’erreur signalée',
  reference: '',
  mayWrite: false,
  minutes: 30,
  policy: 'consent',
  askedAt: at(0),
  lapsesAt: at(59),
  agreedAt: null,
  refusedAt: null,
  answeredBy: null,
  wantsNotes: false,
  notesOpenedAt: null,
  breakGlass: false,
  approvedBy: null,
  approvedAt: null,
  reviewedBy: null,
  reviewedAt: null,
  review: null,
  startedAt: null,
  endsAt: null,
  endedAt: null,
  endedBy: null,
  ender: null,
  acts: 0,
}
const kinds = (one: Impersonation) => storyOf(one).map(({ kind }) => kind)

test('an assistance is told in the order in which it happened', () => {
  const one = { ...asked, agreedAt: at(1), startedAt: at(2), notesOpenedAt: at(5), endedAt: at(9) }
  expect(kinds(one)).toEqual(['asked', 'agreed', 'began', 'notes', 'ended'])
})

test('notes that were opened with the consent come before anybody is in', () => {
  const one = { ...asked, agreedAt: at(1), notesOpenedAt: at(1), startedAt: at(2) }
  expect(kinds(one)).toEqual(['asked', 'agreed', 'notes', 'began'])
})

test('a refusal is told once, though it is an end too', () => {
  expect(kinds({ ...asked, refusedAt: at(1), endedAt: at(1), endedBy: 'practice' })).toEqual([
    'asked',
    'refused',
  ])
})

test('an emergency is told with who allowed it, and what was thought of it', () => {
  const one = { ...asked, approvedAt: at(1), startedAt: at(2), endedAt: at(3), reviewedAt: at(8) }
  expect(kinds(one)).toEqual(['asked', 'approved', 'began', 'ended', 'reviewed'])
})
