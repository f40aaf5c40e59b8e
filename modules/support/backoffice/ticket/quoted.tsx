import { ChevronRight } from 'lucide-react'
import { MarkdownView } from '#platform/ui/markdown.tsx'
import { useMessages } from '#platform/ui/messages.tsx'

/** What a mail repeats of those before it: folded, since it mostly stands above already. */
export function Quoted({ text }: { text: string }) {
  const t = useMessages()
  if (text.trim() === '') return null
  return (
    <details className="group mt-2 text-13">
      <summary className="inline-flex min-h-6 w-fit cursor-pointer list-none items-center gap-1 rounded-small text-12 text-ink-muted hover:text-ink touch:min-h-10 [&::-webkit-details-marker]:hidden">
        <ChevronRight aria-hidden size={14} className="transition-transform group-open:rotate-90" />
        {t('support.received.quoted')}
      </summary>
      <div lang="fr" className="mt-1 border-l-2 border-line-strong pl-3 text-ink-muted">
        <MarkdownView text={text} />
      </div>
    </details>
  )
}
