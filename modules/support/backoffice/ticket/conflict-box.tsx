import { GitCompareArrows } from 'lucide-react'
import { useEffect, useRef } from 'react'
import type { Ticket } from '#contract/support'
import { Button } from '#platform/ui/button.tsx'
import { MISSING } from '#platform/ui/formats.ts'
import { type Translate, useMessages } from '#platform/ui/messages.tsx'
import { useTicketChoices } from '../choices.ts'
import { fieldsOf, type TicketField, type TicketSaving, valueOf } from './use-ticket-saving.ts'

/** Two people changed the same field: what stands now, and mine, which is lost only if one says so. */
export function ConflictBox({ saving: { conflict, settle } }: { saving: TicketSaving }) {
  const t = useMessages()
  const { nameOf } = useTicketChoices()
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => box.current?.focus(), [])
  if (!conflict) return null
  const { mine, current } = conflict
  return (
    <div
      ref={box}
      role="alert"
      tabIndex={-1}
      className="mb-3 rounded-control bg-warning-soft px-3 py-2 text-13 text-warning-ink outline-none"
    >
      <p className="flex gap-2 font-medium">
        <GitCompareArrows aria-hidden size={16} className="mt-0.5 shrink-0" />
        {t('support.conflict')}
      </p>
      <dl className="mt-1 flex flex-col gap-1">
        {fieldsOf(mine).map((field) => (
          <div key={field}>
            <dt className="font-medium">{t(`support.field.${field}`)}</dt>
            <dd>
              {t('support.conflict.now', {
                value: valueInWords(field, valueOf(current, field), t, nameIn(current, nameOf)),
              })}
              <br />
              {t('support.conflict.mine', {
                value: valueInWords(field, mine[field], t, nameIn(current, nameOf)),
              })}
            </dd>
          </div>
        ))}
      </dl>
      <p className="mt-2 flex flex-wrap gap-2">
        <Button size="small" onClick={() => settle('mine')}>
          {t('support.conflict.keep-mine')}
        </Button>
        <Button size="small" onClick={() => settle('theirs')}>
          {t('support.conflict.keep-theirs')}
        </Button>
      </p>
    </div>
  )
}

type NameOf = (id: string) => string | undefined

const nameIn =
  ({ assignee, team, client }: Ticket, known: NameOf): NameOf =>
  (id) =>
    known(id) ?? [assignee, team, client].find((one) => one?.id === id)?.name

function valueInWords(field: TicketField, value: unknown, t: Translate, nameOf: NameOf): string {
  if (value === null || value === undefined || value === '') return t('support.nothing')
  if (Array.isArray(value)) return value.join(', ') || t('support.nothing')
  if (typeof value === 'number') return t('support.progress.shown', { progress: value })
  const said = String(value)
  if (field === 'priority') return t(`support.priority.${said as Ticket['priority']}`)
  if (field === 'topic') return t(`support.topic.${said as Ticket['topic']}`)
  return field === 'subject' ? said : (nameOf(said) ?? MISSING)
}
