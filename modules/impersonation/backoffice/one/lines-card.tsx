import { Ban, Check, Eye, Hourglass, type LucideIcon, TriangleAlert } from 'lucide-react'
import { useState } from 'react'
import type { Act } from '#contract/impersonation'
import { Button } from '#platform/ui/button.tsx'
import { Card } from '#platform/ui/card.tsx'
import { cx } from '#platform/ui/cx.ts'
import { DateText } from '#platform/ui/date-text.tsx'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { deedInWords, placeInWords } from '../impersonation-words.tsx'
import type { Shown } from './impersonation-page.tsx'
import { type PageSeen, pagesSeen } from './pages-seen.ts'

/** As many as are read at once. */
const step = 200

/** All of it, page by page, as it can be replayed from the log. */
export function LinesCard({ one }: { one: Shown }) {
  const t = useMessages()
  const formats = useFormats()
  const [most, setMost] = useState(step)
  const { lines, actor, subject, startedAt, state } = one
  const rest = Math.min(step, lines.length - most)
  if (lines.length === 0)
    return (
      <Card title={t('impersonation.card.lines')}>
        <p className="text-13 text-ink-muted">
          {t(
            startedAt === null && state !== 'waiting' && state !== 'ready'
              ? 'impersonation.lines.never'
              : 'impersonation.lines.none',
          )}
        </p>
      </Card>
    )
  return (
    <Card title={t('impersonation.card.lines')}>
      <p className="mb-3 text-12 text-ink-muted">
        {t('impersonation.lines.count', {
          count: lines.length,
          shown: formats.integer(lines.length),
          actor: actor.name,
          subject: subject.name,
        })}
        {one.acts > lines.length &&
          ` ${t('impersonation.lines.cut', { shown: formats.integer(lines.length) })}`}
      </p>
      <ol className="flex flex-col gap-4">
        {pagesSeen(lines.slice(0, most)).map((page) => (
          <OnPage key={keyOf(page.parts[0])} {...page} />
        ))}
      </ol>
      {rest > 0 && (
        <Button className="mt-4" onClick={() => setMost(most + step)}>
          {t('impersonation.lines.more', { count: rest, shown: formats.integer(rest) })}
        </Button>
      )}
    </Card>
  )
}

function OnPage({ page, parts }: PageSeen) {
  const t = useMessages()
  const place = page === null ? t('impersonation.lines.no-page') : placeInWords(page, t)
  return (
    <li>
      <p className="flex flex-wrap items-baseline gap-x-2 border-b border-line pb-1 text-13">
        {place && <span className="font-medium">{place}</span>}
        {page !== null && <code className="font-mono text-12 break-all text-ink-muted">{page}</code>}
      </p>
      <ol>
        {parts.map((part) => (
          <li key={keyOf(part)}>{Array.isArray(part) ? <Looks acts={part} /> : <Line act={part} />}</li>
        ))}
      </ol>
    </li>
  )
}

const keyOf = (part: PageSeen['parts'][number] | undefined) => [part].flat()[0]?.entryId

/** The page was seen; what its answers were is for whoever wants to know exactly. */
function Looks({ acts }: { acts: readonly Act[] }) {
  const t = useMessages()
  const formats = useFormats()
  const [first] = acts
  return (
    <details className="py-1 text-13">
      <summary className="flex w-full cursor-pointer items-start gap-2 rounded-small">
        <Eye aria-hidden size={14} className="mt-0.5 shrink-0 text-ink-muted" />
        <span className="min-w-0 flex-1">
          {t('impersonation.lines.looks', { count: acts.length, shown: formats.integer(acts.length) })}
        </span>
        <span className="shrink-0 text-12 text-ink-muted">
          <DateText value={first?.at} show="instant" />
        </span>
      </summary>
      <ul className="mt-1 border-l border-line pl-4">
        {acts.map((act) => (
          <li key={act.entryId}>
            <Line act={act} />
          </li>
        ))}
      </ul>
    </details>
  )
}

const looks: Record<Act['result'], { Icon: LucideIcon; look: string }> = {
  seen: { Icon: Eye, look: 'text-ink-muted' },
  done: { Icon: Check, look: 'text-success' },
  refused: { Icon: Ban, look: 'text-danger' },
  intended: { Icon: Hourglass, look: 'text-info' },
  failed: { Icon: TriangleAlert, look: 'text-warning' },
}

function Line({ act }: { act: Act }) {
  const t = useMessages()
  const { at, result, objectType, objectId } = act
  const { Icon, look } = looks[result]
  return (
    <div className="flex items-start gap-2 py-1 text-13">
      <Icon
        aria-label={t(`impersonation.result.${result}`)}
        size={14}
        className={cx('mt-0.5 shrink-0', look)}
      />
      <span className="min-w-0 flex-1">
        {deedInWords(act, t)}
        {/* Of this one itself the page speaks anyway. */}
        {objectId && objectType !== 'impersonation' && (
          <code className="ml-1.5 font-mono text-12 break-all text-ink-muted">{objectId}</code>
        )}
      </span>
      <span className="shrink-0 text-12 text-ink-muted">
        <DateText value={at} show="instant" />
      </span>
    </div>
  )
}
