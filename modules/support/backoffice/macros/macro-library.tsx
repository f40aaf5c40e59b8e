/** Answers kept ready, beside the box one answers in. */
import { useState } from 'react'
import { listMacros, type Macro, type Ticket, type TicketMessage } from '#contract/support'
import { useEndpoint } from '#platform/ui/data.ts'
import { SearchInput } from '#platform/ui/input.tsx'
import { Link } from '#platform/ui/link.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { matches } from '#platform/ui/plain-text.ts'
import { Skeleton } from '#platform/ui/skeleton.tsx'
import { ErrorState } from '#platform/ui/states.tsx'
import { macrosTo } from './addresses.ts'
import { firstWords, MacroDoes } from './macro-line.tsx'
import { MacroPreview } from './macro-preview.tsx'

export type MacroLibraryProps = {
  ticket: Pick<Ticket, 'id' | 'revision' | 'number' | 'subject' | 'requester' | 'client'>
  /** The last message one has before one's eyes. */
  seenMessageId: string | null
  /** What stands in the reply box, and is not to be lost. */
  draft: string
  onApplied: (done: { ticket: Ticket; message: TicketMessage | null }, macro: Macro) => void
}

export function MacroLibrary(props: MacroLibraryProps) {
  const t = useMessages()
  const { data, error, refetch } = useEndpoint(listMacros, { query: {} })
  const [query, setQuery] = useState('')
  const [chosen, setChosen] = useState<Macro | null>(null)
  const rows = (data?.rows ?? []).filter((macro) =>
    matches(`${macro.title} ${firstWords(macro, t)}`, query.trim()),
  )
  return (
    <section aria-label={t('support.macro.library')} className="flex min-w-0 flex-col gap-2">
      <div className="flex items-center justify-between gap-2">
        <h2 className="text-14 font-semibold">{t('support.macro.library')}</h2>
        <Link to={macrosTo()} className="text-12 text-ink-muted underline underline-offset-2">
          {t('support.macro.manage')}
        </Link>
      </div>
      <div className="[&>div]:w-full!">
        <SearchInput value={query} onChange={setQuery} label={t('support.macro.search')} />
      </div>
      {error && !data && <ErrorState error={error} onRetry={refetch} />}
      {!error && !data && <Skeleton height={160} width="100%" />}
      {data && rows.length === 0 && (
        <p className="text-13 text-ink-muted">
          {t(data.rows.length === 0 ? 'support.macro.none' : 'support.macro.none_found')}
        </p>
      )}
      {rows.length > 0 && (
        <ul className="max-h-80 divide-y divide-line overflow-y-auto rounded-card border border-line bg-surface">
          {rows.map((macro) => (
            <li key={macro.id}>
              <button
                type="button"
                onClick={() => setChosen(macro)}
                className="flex w-full flex-col gap-0.5 px-3 py-2 text-left transition-colors hover:bg-hover"
              >
                <span lang="fr" className="text-13 font-medium wrap-anywhere">
                  {macro.title}
                </span>
                {firstWords(macro, t) !== '' && (
                  <span lang="fr" className="line-clamp-1 w-full text-12 text-ink-muted">
                    {firstWords(macro, t)}
                  </span>
                )}
                <MacroDoes actions={macro.actions} />
              </button>
            </li>
          ))}
        </ul>
      )}
      {chosen && <MacroPreview key={chosen.id} macro={chosen} {...props} onClose={() => setChosen(null)} />}
    </section>
  )
}
