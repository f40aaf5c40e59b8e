import { z } from 'zod'
import type { RequestKind } from './request.ts'

/** Why a request may be refused, wholly or in part, each with the article that says so. */
export const grounds = [
  'identity_unproven',
  'manifestly_unfounded',
  'manifestly_excessive',
  'rights_of_others',
  'data_accurate',
  'legal_obligation',
  'legal_claims',
  'freedom_of_expression',
  'archiving_or_research',
  'conditions_unmet',
  'not_provided_by_person',
  'compelling_grounds',
] as const
export const Ground = z.enum(grounds)
export type Ground = z.infer<typeof Ground>

export const articleOf: Readonly<Record<Ground, string>> = {
  identity_unproven: '12(2), 12(6)',
  manifestly_unfounded: '12(5)',
  manifestly_excessive: '12(5)',
  rights_of_others: '15(4), 20(4)',
  data_accurate: '16',
  legal_obligation: '17(3)(b)',
  legal_claims: '17(3)(e)',
  freedom_of_expression: '17(3)(a)',
  archiving_or_research: '17(3)(d)',
  conditions_unmet: '18(1)',
  not_provided_by_person: '20(1)',
  compelling_grounds: '21(1)',
}

/** These hold whatever is asked. */
const always = ['identity_unproven', 'manifestly_unfounded', 'manifestly_excessive'] as const

const own: Readonly<Record<RequestKind, readonly Ground[]>> = {
  access: ['rights_of_others'],
  rectification: ['data_accurate'],
  erasure: ['legal_obligation', 'legal_claims', 'freedom_of_expression', 'archiving_or_research'],
  restriction: ['conditions_unmet'],
  portability: ['not_provided_by_person', 'rights_of_others'],
  objection: ['compelling_grounds', 'legal_claims'],
}

/** The grounds on which a request of this kind can be refused: its own first, for they are met more often. */
export function groundsFor(kind: RequestKind): readonly Ground[] {
  return [...own[kind], ...always]
}
