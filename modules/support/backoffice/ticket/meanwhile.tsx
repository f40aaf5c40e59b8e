import { MessageSquareWarning } from 'lucide-react'
import { type Ref } from 'react'
import type { TicketMessage } from '#contract/support'
import { Button } from '#platform/ui/button.tsx'
import { MarkdownView } from '#platform/ui/markdown.tsx'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'

type MeanwhileProps = {
  messages: readonly TicketMessage[]
  onRead: () => void
  ref: Ref<HTMLDivElement>
}

/** What was said while one was writing, to be read before one's own goes. What one wrote stays as it is. */
export function Meanwhile({ messages, onRead, ref }: MeanwhileProps) {
  const t = useMessages()
  const formats = useFormats()
  const names = formats.list([...new Set(messages.map(({ by }) => by.name))])
  return (
    <div
      ref={ref}
      role="alert"
      tabIndex={-1}
      className="mb-3 rounded-control bg-warning-soft px-3 py-2 text-13 text-warning-ink outline-none"
    >
      <p className="flex items-center gap-2 font-medium">
        <MessageSquareWarning aria-hidden size={16} className="shrink-0" />
        {t('support.meanwhile', { names, count: messages.length })}
      </p>
      <ul className="mt-2 flex max-h-60 flex-col gap-2 overflow-y-auto">
        {messages.map(({ id, by, body }) => (
          <li key={id} className="rounded-control bg-surface px-3 py-2 text-ink">
            <p className="text-12 font-medium">{by.name}</p>
            <div lang="fr">
              <MarkdownView text={body} />
            </div>
          </li>
        ))}
      </ul>
      <p className="mt-2 flex flex-wrap items-center gap-2">
        <span>{t('support.meanwhile.help')}</span>
        <Button size="small" onClick={onRead}>
          {t('support.meanwhile.read')}
        </Button>
      </p>
    </div>
  )
}
