import { useEffect, useRef } from 'react'
import { getQueueCounts, type Queue, queues } from '#contract/support'
import { cx } from '#platform/ui/cx.ts'
import { useEndpoint } from '#platform/ui/data.ts'
import { LiveFigure } from '#platform/ui/just-changed.tsx'
import { Link } from '#platform/ui/link.tsx'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { queueTo } from '../addresses.ts'
import { MailsTab } from '../mail/mails-tab.tsx'

/** The queues, how many stand in each, and the one in sight. */
export function QueueTabs({ queue }: { queue: Queue }) {
  const t = useMessages()
  const formats = useFormats()
  const { data } = useEndpoint(getQueueCounts, {})
  const tabs = useRef<HTMLElement>(null)
  // On a telephone the one in sight may stand beyond the edge.
  useEffect(() => {
    const here = tabs.current?.querySelector<HTMLElement>('[aria-current]')
    if (here && tabs.current) tabs.current.scrollLeft = here.offsetLeft - tabs.current.clientWidth / 2
  }, [queue])
  return (
    <nav
      ref={tabs}
      aria-label={t('support.queues')}
      className="relative flex gap-1 overflow-x-auto border-b border-line pb-px max-sm:-mx-gutter max-sm:px-gutter"
    >
      {queues.map((one) => (
        <Link
          key={one}
          to={queueTo({ queue: one })}
          {...(one === queue && { 'aria-current': 'page' as const })}
          className={cx(
            'flex h-9 shrink-0 items-center gap-1.5 border-b-2 px-1.5 text-13 font-medium whitespace-nowrap transition-colors touch:h-10',
            'focus-visible:-outline-offset-2',
            one === queue ? 'border-accent text-ink' : 'border-transparent text-ink-muted hover:text-ink',
          )}
        >
          {t(`support.queue.${one}`)}
          <span className="min-w-3 text-12 font-regular text-ink-muted tabular-nums">
            {data && <LiveFigure value={formats.integer(data.queues[one])} />}
          </span>
        </Link>
      ))}
      <MailsTab />
    </nav>
  )
}
