import type { ReportTickets } from '#contract/support'
import { LiveFigure } from '#platform/ui/just-changed.tsx'
import { Link } from '#platform/ui/link.tsx'
import { useFormats } from '#platform/ui/messages.tsx'
import { ticketsTo } from './address.ts'

type FigureLinkProps = {
  count: number
  tickets: ReportTickets
  /** What is shown instead of the count: a share of which it is the part. */
  shown?: string
}

/** A figure, and the way to exactly its tickets; behind none there is nothing to go to. */
export function FigureLink({ count, tickets, shown }: FigureLinkProps) {
  const formats = useFormats()
  const value = shown ?? formats.integer(count)
  if (count === 0) return <span className="text-ink-muted">{value}</span>
  return (
    <Link to={ticketsTo(tickets)} className="inline-block min-w-6 rounded-small leading-6 hover:underline">
      <LiveFigure value={value} />
    </Link>
  )
}
