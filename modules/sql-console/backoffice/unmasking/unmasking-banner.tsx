import { Eye, EyeOff } from 'lucide-react'
import { endSqlUnmasking, type SqlUnmasking, type TargetId } from '#contract/sql-console'
import { Button } from '#platform/ui/button.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { sentenceOf } from '#platform/ui/errors.ts'
import { Link } from '#platform/ui/link.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { notify } from '#platform/ui/toast.tsx'
import { unmaskingsTo } from '../addresses.ts'
import { useSecondsLeft } from '../remaining.tsx'
import { targetInWords } from '../sql-words.tsx'
import { classesInWords, clockTime } from './unmasking-words.ts'

/** As long as something is unmasked: what, where, how long still, and the way out of it. */
export function UnmaskingBanner({ open, target }: { open: SqlUnmasking; target: TargetId }) {
  const t = useMessages()
  const seconds = useSecondsLeft(open.endsAt)
  const end = useEndpoint(endSqlUnmasking, {
    // It may have ended a moment before.
    onError: (error) => error.code === 'sql_unmasking_over' || notify.failed({ title: sentenceOf(error, t) }),
  })
  return (
    <section
      aria-label={t('sql.unmasking.label')}
      className="mb-2 flex flex-wrap items-center gap-x-3 gap-y-1 rounded-card border-2 border-warning bg-warning-soft px-3 py-1.5 text-13 text-warning-ink"
    >
      <Eye aria-hidden size={16} className="shrink-0" />
      <p className="min-w-0 flex-1 basis-52">
        <strong className="font-semibold">
          {t('sql.unmasking.what', { classes: classesInWords(open.classes, t) })}
        </strong>{' '}
        {t('sql.unmasking.where', {
          target: targetInWords(open.target, t),
          number: String(open.ticket.number),
        })}{' '}
        <Link to={unmaskingsTo()} className="whitespace-nowrap underline underline-offset-2 max-sm:hidden">
          {t('sql.unmasking.all')}
        </Link>
        {open.target.id !== target && <span className="block">{t('sql.unmasking.elsewhere')}</span>}
      </p>
      <span
        role="timer"
        aria-live="off"
        aria-label={t('sql.unmasking.left')}
        className="text-14 font-semibold whitespace-nowrap tabular-nums"
      >
        {clockTime(seconds)}
      </span>
      <Button
        size="small"
        icon={EyeOff}
        loading={end.isPending}
        onClick={() => end.mutate({ params: { id: open.id } })}
      >
        {t('sql.unmasking.end')}
      </Button>
    </section>
  )
}
