import { MailQuestion } from 'lucide-react'
import { getMailboxState } from '#contract/support'
import { useEndpoint } from '#platform/ui/data.ts'
import { LiveFigure } from '#platform/ui/just-changed.tsx'
import { Link } from '#platform/ui/link.tsx'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { mailsTo } from './addresses.ts'

/** Beside the queues, while a mail waits for somebody to say where it belongs. */
export function MailsTab() {
  const t = useMessages()
  const formats = useFormats()
  const { data } = useEndpoint(getMailboxState, {})
  if (!data || data.toConfirm === 0) return null
  return (
    <Link
      to={mailsTo()}
      className="ml-auto flex h-9 shrink-0 items-center gap-1.5 border-b-2 border-transparent px-2 text-13 font-medium whitespace-nowrap text-ink-muted transition-colors hover:text-ink focus-visible:-outline-offset-2 touch:h-10"
    >
      <MailQuestion aria-hidden size={16} className="shrink-0" />
      {t('support.received.tab')}
      <span className="min-w-3 text-12 font-regular tabular-nums">
        <LiveFigure value={formats.integer(data.toConfirm)} />
      </span>
    </Link>
  )
}
