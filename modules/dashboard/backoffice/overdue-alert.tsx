import { ArrowRight, TriangleAlert } from 'lucide-react'
import type { Dashboard } from '#contract/dashboard'
import { LiveFigure } from '#platform/ui/just-changed.tsx'
import { Link } from '#platform/ui/link.tsx'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { linesTo } from './lines.ts'
import { useToday } from './today.ts'

/** What is late comes before everything else. Nothing late, nothing said. */
export function OverdueAlert({ dashboard }: { dashboard: Dashboard }) {
  const t = useMessages()
  const formats = useFormats()
  const ofToday = useToday(dashboard)
  const { overdue } = dashboard
  if (overdue.count === 0) return null
  const count = { count: overdue.count, shown: formats.integer(overdue.count) }
  const days = { count: overdue.oldestDaysLate, shown: formats.integer(overdue.oldestDaysLate) }
  return (
    <section aria-label={t('dashboard.alerts')}>
      <Link
        to={linesTo(overdue.lines)}
        className="group flex flex-wrap items-center gap-x-4 gap-y-1 rounded-card border border-danger/40 bg-danger-soft px-4 py-3 text-14 text-danger-ink in-data-meeting:py-4"
      >
        <TriangleAlert aria-hidden size={16} className="shrink-0" />
        <span className="font-semibold">
          <LiveFigure value={ofToday(t('dashboard.overdue', count))} />
        </span>
        <span className="font-semibold tabular-nums">
          <LiveFigure value={formats.money(overdue.cents)} />
        </span>
        <span>{t('dashboard.overdue.oldest', days)}</span>
        <span className="ml-auto inline-flex items-center gap-1 font-medium group-hover:underline">
          {t('dashboard.see')}
          <ArrowRight aria-hidden size={16} />
        </span>
      </Link>
    </section>
  )
}
