/** What a story of the help desk is told in. Times are minutes of working time: a day has 480, a week 2 400. */
import type { Priority, TicketTopic } from '#contract/support'

export type Act =
  | { do: 'customer' | 'note'; body: string; quoted?: string }
  | { do: 'reply'; body: string; andThen?: 'wait' | 'resolve' }
  | { do: 'take' | 'resolve' | 'reopen' }
  | { do: 'wait'; why: string }
  | { do: 'progress'; progress: number }
  | { do: 'snooze'; days: number }
  /** The last answer did not reach whoever asked by mail. */
  | { do: 'bounce'; said: string }

export type Story = {
  /** Working minutes before now. */
  ago: number
  /** An address, or the how-manieth of the other clients who asks; or whoever wrote a mail and is nobody we know. */
  from: string | number | { name: string; email: string }
  subject: string
  says: string
  priority?: Priority
  topic?: TicketTopic
  tags?: readonly string[]
  team?: 'billing' | 'technical'
  /** What whoever asked thought of it, once it was resolved. */
  rating?: { score: number; comment: string }
  /** Their last invoice stands beside it. */
  aboutInvoice?: true
  /** It was asked before: the team put it into the one of that subject, so many working minutes after the opening. */
  mergedInto?: { subject: string; after: number }
  /** Working minutes after the opening; `by`: a role of the team, support unless told. */
  acts?: readonly (Act & { after: number; by?: string })[]
}

export const mireille = 'mireille.thouvenin@example.com'
export const odile = 'odile.verneuil@example.com'
export const lea = 'lea.fabre@example.com'
export const day = 480

/** One question, one answer, and it is done. */
export const answered = (minutes: number, body: string, by = 'support'): NonNullable<Story['acts']> => [
  { after: minutes, by, do: 'take' },
  { after: minutes + 1, by, do: 'reply', body, andThen: 'resolve' },
  { after: minutes + 1, by, do: 'progress', progress: 100 },
]
