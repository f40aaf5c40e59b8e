import type { TargetName, Ticket, TicketEvent, TicketLink } from '#contract/support'
import type { Formats } from '#platform/ui/formats.ts'
import type { MessageKey, Translate } from '#platform/ui/messages.tsx'

const named = ['assigned', 'team_changed', 'client_changed'] as const
const plain = [
  'opened',
  'customer_message',
  'agent_reply',
  'note',
  'auto_reply',
  'taken_up',
  'waiting_cleared',
  'resolved',
  'reopened',
  'unsnoozed',
  'subject_changed',
  'trashed',
  'restored',
  'undone',
] as const

const isOf = <Kind extends string>(kinds: readonly Kind[], kind: string): kind is Kind =>
  kinds.some((one) => one === kind)

/** What happened, as one tells it of whoever did it; what later versions write is told in general. */
export function eventInWords({ kind, data }: TicketEvent, t: Translate, formats: Formats): string {
  const word = (name: string) => (typeof data[name] === 'string' ? data[name] : '')
  const figure = (name: string) => String(data[name] ?? '')
  if (isOf(plain, kind)) return t(`support.event.${kind}`)
  if (isOf(named, kind))
    return t(`support.event.${kind}`, { to: word('to'), from: word('from'), some: word('to') ? 'yes' : 'no' })
  switch (kind) {
    case 'priority_changed':
      return t('support.event.priority_changed', {
        to: t(`support.priority.${word('priority') as Ticket['priority']}`),
      })
    case 'topic_changed':
      return t('support.event.topic_changed', { to: t(`support.topic.${word('topic') as Ticket['topic']}`) })
    case 'progress_changed':
      return t('support.event.progress_changed', { to: Number(data['progress']) })
    case 'tags_changed':
      return t('support.event.tags_changed', { tags: listed(data['tags'], t) })
    case 'waiting_set':
      return t('support.event.waiting_set', { why: word('why'), said: word('why') ? 'yes' : 'no' })
    case 'snoozed':
      return t('support.event.snoozed', { until: formats.dayTime(word('until')) })
    case 'linked':
    case 'unlinked': {
      const link = word('link') as TicketLink['kind'] // as the server writes it
      return t(`support.event.${kind}`, { what: word('to') || t(`support.event.link.${link}`) })
    }
    case 'escalated':
      return t('support.event.escalated', {
        when: word('when'),
        target: t(`support.sla.target.${word('target') as TargetName}`),
        told: formats.list(wordsIn(data['told'])),
        some: wordsIn(data['told']).length > 0 ? 'yes' : 'no',
      })
    case 'merged':
    case 'unmerged':
      return t(`support.event.${kind}`, { number: figure('into') })
    case 'messages_moved':
    case 'messages_returned':
      return t(`support.event.${kind}`, { number: figure('into'), count: Number(data['messages'] ?? 0) })
    case 'taken_in':
    case 'given_back': {
      const how = word('how') as 'merge' | 'split' | 'move' // as the server writes it
      return t(`support.event.${kind}`, { number: figure('from'), how, count: Number(data['messages'] ?? 0) })
    }
    case 'told_apart':
    case 'told_alike':
      return t(`support.event.${kind}`, { number: figure('number') })
    case 'macro_used':
      return t('support.event.macro_used', { title: word('macro'), some: word('macro') ? 'yes' : 'no' })
    case 'plan_changed':
      return t('support.event.plan_changed', { plan: word('plan') || t('support.nothing') })
    default: {
      const key = `support.event.${kind}` as MessageKey // asked for on the next line
      return t(key) === key ? t('support.event.other') : t(key)
    }
  }
}

const wordsIn = (said: unknown): string[] =>
  Array.isArray(said) ? said.filter((one) => typeof one === 'string') : []

const listed = (tags: unknown, t: Translate) =>
  Array.isArray(tags) && tags.length > 0 ? tags.join(', ') : t('support.nothing')
