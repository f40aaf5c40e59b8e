import { receivedStates, type ReceivedState } from '#contract/support'
import { cx } from '#platform/ui/cx.ts'
import { LiveFigure } from '#platform/ui/just-changed.tsx'
import { Link } from '#platform/ui/link.tsx'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { mailsTo } from './addresses.ts'

type TabsProps = { state: ReceivedState; toConfirm: number | undefined }

/** Where mails can stand; only those that wait for somebody are counted. */
export function MailTabs({ state, toConfirm }: TabsProps) {
  const t = useMessages()
  const formats = useFormats()
  return (
    <nav
      aria-label={t('support.received.states')}
      className="relative flex gap-1 overflow-x-auto border-b border-line pb-px max-sm:-mx-gutter max-sm:px-gutter"
    >
      {receivedStates.map((one) => (
        <Link
          key={one}
          to={mailsTo(one === 'to_confirm' ? {} : { state: one })}
          {...(one === state && { 'aria-current': 'page' as const })}
          className={cx(
            'flex h-9 shrink-0 items-center gap-1.5 border-b-2 px-2 text-13 font-medium whitespace-nowrap transition-colors touch:h-10',
            'focus-visible:-outline-offset-2',
            one === state ? 'border-accent text-ink' : 'border-transparent text-ink-muted hover:text-ink',
          )}
        >
          {t(`support.received.state.${one}`)}
          {one === 'to_confirm' && toConfirm !== undefined && (
            <span className="text-12 font-regular text-ink-muted tabular-nums">
              <LiveFigure value={formats.integer(toConfirm)} />
            </span>
          )}
        </Link>
      ))}
    </nav>
  )
}
