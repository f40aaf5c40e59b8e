import type { InvoiceEvent } from '#contract/billing'
import type { Formats } from '#platform/ui/formats.ts'
import type { MessageKey, Translate } from '#platform/ui/messages.tsx'

const known: Readonly<Record<string, MessageKey>> = {
  created: 'billing.life.created',
  finalised: 'billing.life.finalised',
  rendered: 'billing.life.rendered',
  sent: 'billing.life.sent',
  deposited: 'billing.life.deposited',
  refused: 'billing.life.refused',
  collected: 'billing.life.collected',
  rejected: 'billing.life.rejected',
  paid: 'billing.life.paid',
  reopened: 'billing.life.reopened',
  credited: 'billing.life.credited',
  reminded: 'billing.life.reminded',
  collection: 'billing.life.collection',
  returned: 'billing.life.returned',
  status: 'billing.life.status',
  passed_on: 'billing.life.passed_on',
}

/** A kind nobody put into words yet shows its own name. */
export function eventTitle({ kind, code }: Pick<InvoiceEvent, 'kind' | 'code'>, t: Translate): string {
  const key = known[kind]
  const title = key ? t(key) : kind
  return code === null ? title : `${title} (${code})`
}

/** What of it one wants to know: to whom, how much, why. */
export function eventDetail({ kind, data }: InvoiceEvent, t: Translate, formats: Formats): string {
  const text = (name: string) => (typeof data[name] === 'string' ? data[name] : '')
  const cents = data['amountCents'] ?? data['inclCents']
  return [
    kind === 'sent' ? text('to') : '',
    kind === 'finalised' ? '' : text('number'),
    typeof cents === 'number' ? formats.money(cents) : '',
    typeof data['step'] === 'number' ? t('billing.life.step', { step: data['step'] }) : '',
    text('reason'),
  ]
    .filter((part) => part !== '')
    .join(' · ')
}
