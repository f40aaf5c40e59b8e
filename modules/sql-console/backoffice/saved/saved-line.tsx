import { Bookmark, TriangleAlert } from 'lucide-react'
import { Button } from '#platform/ui/button.tsx'
import { DateText } from '#platform/ui/date-text.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { useSession } from '#platform/ui/session.tsx'
import type { SqlTab } from '../editor/kept-tabs.ts'
import { isFor, isUnsaved } from './kept-query.ts'
import { reachInWords } from './query-words.tsx'
import type { Saving } from './use-saving.ts'

type SavedLineProps = {
  tab: SqlTab
  saving: Saving
  onReplace: (text: string) => void
  onChange: (part: Partial<SqlTab>) => void
}

/** Under which name the text is kept, who changed it last, and what is not as it should be about it. */
export function SavedLine({ tab, saving, onReplace, onChange }: SavedLineProps) {
  const t = useMessages()
  const { id: me } = useSession()
  const { saved } = tab
  const { newer, isGone } = saving
  if (!saved) return null
  const unsaved = isUnsaved(tab)
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1 border-b border-line bg-surface px-3 py-1.5 text-12 text-ink-muted">
      <span className="flex min-w-0 items-center gap-1.5">
        <Bookmark aria-hidden size={14} className="shrink-0" />
        <span className="truncate font-medium text-ink" title={saved.description || undefined}>
          {saved.name}
        </span>
      </span>
      <span>{reachInWords(saved, me, t)}</span>
      <output className={unsaved ? 'text-warning-ink' : ''}>
        {unsaved
          ? t('sql.saved.unsaved')
          : t.rich('sql.saved.last', {
              name: saved.updatedBy.name,
              when: <DateText value={saved.updatedAt} show="relative" />,
            })}
      </output>
      {isGone && <Warning>{t('sql.saved.gone')}</Warning>}
      {!isGone && newer && (
        <>
          <Warning>{t('sql.saved.newer', { name: newer.updatedBy.name })}</Warning>
          {!unsaved && (
            <Button
              size="small"
              onClick={() => {
                onReplace(newer.text)
                onChange({ saved: newer })
              }}
            >
              {t('sql.saved.newer.take')}
            </Button>
          )}
        </>
      )}
      {!isFor(saved, tab.target) && <Warning>{t(`sql.saved.elsewhere.${saved.target}`)}</Warning>}
    </div>
  )
}

function Warning({ children }: { children: string }) {
  return (
    <span className="flex items-center gap-1.5 text-warning-ink">
      <TriangleAlert aria-hidden size={14} className="shrink-0" />
      {children}
    </span>
  )
}
