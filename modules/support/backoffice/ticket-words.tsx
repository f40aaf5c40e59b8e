/** What a ticket is called, and the words and colours of its states. */
import { ArrowDown, ArrowUp, ChevronsUp, type LucideIcon, Minus } from 'lucide-react'
import type { Priority, TicketRow, TicketStatus } from '#contract/support'
import { Badge, type Tone } from '#platform/ui/badge.tsx'
import { cx } from '#platform/ui/cx.ts'
import { useMessages } from '#platform/ui/messages.tsx'
import { useIsAhead } from './due.tsx'

/** « #33 Test », as one speaks of it. */
export const ticketName = ({ number, subject }: Pick<TicketRow, 'number' | 'subject'>) =>
  `#${number} ${subject}`

const statusTones: Record<TicketStatus, Tone> = { new: 'info', in_progress: 'warning', resolved: 'success' }

type StatusProps = {
  status: TicketStatus
  waiting?: boolean | undefined
  snoozedUntil?: string | null | undefined
  /** One below the other, where there is no room beside. */
  stacked?: boolean
}

export function StatusBadge({ status, waiting, snoozedUntil, stacked = false }: StatusProps) {
  const t = useMessages()
  const isOff = useIsAhead(snoozedUntil ?? null)
  return (
    <span
      className={cx(
        'inline-flex max-w-full',
        stacked ? 'flex-col items-start gap-0.5 max-sm:items-end' : 'items-center gap-1',
        isOff && 'max-sm:flex-col max-sm:items-end',
      )}
    >
      <Badge tone={statusTones[status]}>{t(`support.status.${status}`)}</Badge>
      {waiting && <Badge>{t('support.waiting')}</Badge>}
      {isOff && <Badge tone="info">{t('support.snoozed.short')}</Badge>}
    </span>
  )
}

const priorityLooks: Record<Priority, { Icon: LucideIcon; className: string }> = {
  urgent: { Icon: ChevronsUp, className: 'font-medium text-danger-ink' },
  high: { Icon: ArrowUp, className: 'text-warning-ink' },
  normal: { Icon: Minus, className: '' },
  low: { Icon: ArrowDown, className: 'text-ink-muted' },
}

/** A word first, and an arrow that tells the same. */
export function PriorityMark({ priority }: { priority: Priority }) {
  const t = useMessages()
  const { Icon, className } = priorityLooks[priority]
  return (
    <span className={cx('inline-flex items-center gap-1 whitespace-nowrap', className)}>
      <Icon aria-hidden size={14} className="shrink-0" />
      {t(`support.priority.${priority}`)}
    </span>
  )
}

export function TagChips({ tags }: { tags: readonly string[] }) {
  return (
    <span className="flex min-w-0 gap-1 overflow-hidden">
      {tags.map((tag) => (
        <span
          key={tag}
          lang="fr"
          className="inline-flex h-5 items-center rounded-small border border-line bg-sunken px-1.5 text-12 whitespace-nowrap text-ink-muted"
        >
          {tag}
        </span>
      ))}
    </span>
  )
}
