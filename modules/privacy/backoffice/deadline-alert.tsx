import { ArrowRight, TimerOff } from 'lucide-react'
import { Link } from '#platform/ui/link.tsx'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { registerTo } from './addresses.ts'
import type { Counts } from './state-totals.tsx'

const looks = {
  late: 'border-danger/40 bg-danger-soft text-danger-ink',
  due_soon: 'border-warning/40 bg-warning-soft text-warning-ink',
}

/** What is late, or else what is near, comes before everything else. Nothing near, nothing said. */
export function DeadlineAlert({ counts }: { counts: Counts | undefined }) {
  const t = useMessages()
  const formats = useFormats()
  if (!counts || (counts.late === 0 && counts.due_soon === 0)) return null
  const state = counts.late > 0 ? 'late' : 'due_soon'
  const count = { count: counts[state], shown: formats.integer(counts[state]) }
  return (
    <section aria-label={t('privacy.alert')}>
      <Link
        to={registerTo({ state })}
        className={`group flex flex-wrap items-center gap-x-4 gap-y-1 rounded-card border px-4 py-3 text-14 ${looks[state]}`}
      >
        <TimerOff aria-hidden size={16} className="shrink-0" />
        <span className="font-semibold">
          {t(state === 'late' ? 'privacy.alert.late' : 'privacy.alert.due', count)}
        </span>
        <span className="ml-auto inline-flex items-center gap-1 font-medium group-hover:underline">
          {t('privacy.alert.see')}
          <ArrowRight aria-hidden size={16} />
        </span>
      </Link>
    </section>
  )
}
