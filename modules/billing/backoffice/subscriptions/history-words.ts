import type { IntervalMonths, Subscription } from '#contract/billing'
import type { Formats } from '#platform/ui/formats.ts'
import type { MessageKey, Translate } from '#platform/ui/messages.tsx'

type Event = Subscription['events'][number]

const known = [
  'started',
  'activated',
  'trial_extended',
  'plan_changed',
  'plan_change_planned',
  'plan_change_withdrawn',
  'paused',
  'resumed',
  'continued',
  'cancelled',
  'reactivated',
  'ended',
  'updated',
  'options_changed',
  'coupon_applied',
  'coupon_removed',
  'extra_added',
  'extra_removed',
  'fell_behind',
  'caught_up',
] as const

/** What happened, with what it was about where that was kept. */
export function said({ kind, data }: Event, t: Translate, formats: Formats): string {
  const text = (name: string) => (typeof data[name] === 'string' ? data[name] : '')
  const day = text('on') === '' ? '' : formats.day(text('on'))
  const change = changed(data, t)
  if (kind === 'plan_changed' && change) return t('billing.subscriptions.event.plan_changed.from', change)
  if (kind === 'plan_change_planned' && change && day !== '')
    return t('billing.subscriptions.event.plan_change_planned.from', { ...change, day })
  if (kind === 'cancelled' && day !== '') return t('billing.subscriptions.event.cancelled.on', { day })
  if (kind === 'ended' && day !== '') return t('billing.subscriptions.event.ended.on', { day })
  if (kind === 'paused' && text('resumesOn') !== '')
    return t('billing.subscriptions.event.paused.until', { day: formats.day(text('resumesOn')) })
  if (kind === 'coupon_applied' && text('code') !== '')
    return t('billing.subscriptions.event.coupon_applied.code', { code: text('code') })
  if (kind === 'coupon_removed' && text('code') !== '')
    return t('billing.subscriptions.event.coupon_removed.code', { code: text('code') })
  if (kind === 'extra_removed' && data['prorated'] === true)
    return t('billing.subscriptions.event.proration_removed')
  const one = known.find((word) => word === kind)
  return one ? t(`billing.subscriptions.event.${one}` satisfies MessageKey) : kind
}

/** What it said of it in free words. */
export const remark = ({ kind, data }: Event): string => {
  const { why, description } = data
  if (typeof why === 'string') return why
  return (kind === 'extra_added' || kind === 'extra_removed') && typeof description === 'string'
    ? description
    : ''
}

/** From what to what: the interval too where it is another. */
function changed(data: Event['data'], t: Translate): { from: string; to: string } | undefined {
  const { from, plan, fromMonths, intervalMonths } = data
  if (typeof from !== 'string' || typeof plan !== 'string') return undefined
  if (fromMonths === intervalMonths || !isMonths(fromMonths) || !isMonths(intervalMonths))
    return { from, to: plan }
  const every = (months: IntervalMonths) => t('billing.subscriptions.every', { months })
  return { from: `${from} (${every(fromMonths)})`, to: `${plan} (${every(intervalMonths)})` }
}

const isMonths = (value: unknown): value is IntervalMonths =>
  value === 1 || value === 3 || value === 6 || value === 12
