/** A macro while it is written: each kind of act once, in the order in which they were added. */
import type { Macro, MacroAction } from '#contract/support'

export type Draft = {
  title: string
  reach: Macro['reach']
  teamId: string | null
  actions: MacroAction[]
}

export const kinds = [
  'reply',
  'note',
  'priority',
  'topic',
  'progress',
  'tag',
  'assign',
  'wait',
  'snooze',
  'resolve',
] as const satisfies readonly MacroAction['do'][]

export const blank = (): Draft => ({
  title: '',
  reach: 'personal',
  teamId: null,
  actions: [{ do: 'reply', body: '' }],
})

export const draftOf = ({ title, reach, team, actions }: Macro): Draft => ({
  title,
  reach,
  actions,
  teamId: team?.id ?? null,
})

export function newAction(kind: MacroAction['do']): MacroAction {
  switch (kind) {
    case 'reply':
    case 'note':
      return { do: kind, body: '' }
    case 'priority':
      return { do: kind, priority: 'high' }
    case 'topic':
      return { do: kind, topic: 'question' }
    case 'progress':
      return { do: kind, progress: 50 }
    case 'tag':
      return { do: kind, add: [], remove: [] }
    case 'assign':
      return { do: kind, to: 'me' }
    case 'snooze':
      return { do: kind, days: 3 }
    default:
      return { do: kind }
  }
}

/** What can still be added: each once, and one of waiting and resolving. */
export const addable = (actions: readonly MacroAction[]): MacroAction['do'][] => {
  const has = (kind: MacroAction['do']) => actions.some((action) => action.do === kind)
  return kinds.filter(
    (kind) => !has(kind) && !(kind === 'wait' && has('resolve')) && !(kind === 'resolve' && has('wait')),
  )
}

export function moved<Item>(items: readonly Item[], from: number, by: -1 | 1): Item[] {
  const next = [...items]
  const [item] = next.splice(from, 1)
  if (item !== undefined) next.splice(from + by, 0, item)
  return next
}

/** « facture, urgent » */
export const tagsTyped = (typed: string): string[] => [
  ...new Set(
    typed
      .split(',')
      .map((tag) => tag.trim())
      .filter((tag) => tag !== ''),
  ),
]
