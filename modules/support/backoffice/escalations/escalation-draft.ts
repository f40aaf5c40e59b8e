/** What a policy does by itself, while it is written. */
import type { Escalation, EscalationAction, TargetName } from '#contract/support'

export type ActionKind = EscalationAction['do']

export const actionKinds = [
  'priority',
  'assign',
  'team',
  'tag',
  'tell',
] as const satisfies readonly ActionKind[]

/** Usual enough to begin with: who leads hears of what is late. */
export const newEscalation = (): Escalation => ({
  when: 'breach',
  target: null,
  do: [{ do: 'tell', lead: true, people: [] }],
})

/** Whom or what it is about is chosen after; where there is nobody to choose it is not offered (`addable`). */
export function newAction(kind: ActionKind, first: Choices): EscalationAction {
  switch (kind) {
    case 'priority':
      return { do: kind, priority: 'high' }
    case 'assign':
      return { do: kind, to: first.agents[0]?.id ?? '' }
    case 'team':
      return { do: kind, to: first.teams[0]?.id ?? '' }
    case 'tag':
      return { do: kind, add: [] }
    default:
      return { do: kind, lead: true, people: [] }
  }
}

type Choices = { agents: readonly { id: string }[]; teams: readonly { id: string }[] }

/** Each once, and none without anybody to choose. */
export const addable = (actions: readonly EscalationAction[], { agents, teams }: Choices): ActionKind[] =>
  actionKinds.filter(
    (kind) =>
      !actions.some((action) => action.do === kind) &&
      !(kind === 'assign' && agents.length === 0) &&
      !(kind === 'team' && teams.length === 0),
  )

export const anyTarget = 'any'
export const targetOf = (chosen: string): TargetName | null =>
  chosen === anyTarget ? null : (chosen as TargetName) // the select offers no other
