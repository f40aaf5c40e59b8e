/** One entry whole, beside the log; j and k, or the arrows, go from one to the next. */
import { ChevronDown, ChevronUp } from 'lucide-react'
import { useEffect, useEffectEvent } from 'react'
import { type AuditEntry, getAuditEntry, type WholeAuditEntry } from '#contract/audit'
import { useEndpoint } from '#platform/ui/data.ts'
import { Sheet } from '#platform/ui/dialog.tsx'
import { IconButton } from '#platform/ui/icon-button.tsx'
import { useGo } from '#platform/ui/link.tsx'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { Skeleton } from '#platform/ui/skeleton.tsx'
import { ErrorState } from '#platform/ui/states.tsx'
import { ResultMark } from '../result-mark.tsx'
import { actorInWords, deedInWords, numberInWords } from '../words.ts'
import { ChangesTable } from './changes-table.tsx'
import { EntryFacts } from './entry-facts.tsx'
import { ProofCard } from './proof-card.tsx'
import { TechnicalPart } from './technical-part.tsx'

type EntrySheetProps = {
  id: string | undefined
  /** Those of the list beside it, in its order. */
  rows: readonly AuditEntry[] | undefined
  toOf: (id: string) => string
  onClose: () => void
}

export function EntrySheet({ id, rows = [], toOf, onClose }: EntrySheetProps) {
  const t = useMessages()
  const { data, error, refetch, isPlaceholderData } = useEndpoint(
    getAuditEntry,
    { params: { id: id ?? '' } },
    // The sheet slides away with what it showed.
    { enabled: id !== undefined, keepPrevious: true },
  )
  const entry = id !== undefined && isPlaceholderData ? undefined : data
  // What is known from the list stands there at once.
  const listed = rows.find((row) => row.id === id)
  const known = entry ?? listed
  return (
    <Sheet
      wide
      open={id !== undefined}
      onOpenChange={(open) => !open && onClose()}
      title={t('audit.entry')}
      {...(known && { description: `${actorInWords(known.actor, t)} ${deedInWords(known, t)}` })}
    >
      {id !== undefined && <Neighbours id={id} rows={rows} toOf={toOf} known={known} />}
      {error && !entry ? (
        <ErrorState error={error} onRetry={refetch} />
      ) : entry ? (
        <Whole key={entry.id} entry={entry} />
      ) : (
        <div aria-hidden className="flex flex-col gap-5 py-2">
          {[60, 75, 50, 68].map((width) => (
            <Skeleton key={width} width={`${width}%`} />
          ))}
        </div>
      )}
    </Sheet>
  )
}

function Whole({ entry }: { entry: WholeAuditEntry }) {
  return (
    <>
      <EntryFacts entry={entry} />
      <ChangesTable entry={entry} />
      <ProofCard entry={entry} />
      <TechnicalPart entry={entry} />
    </>
  )
}

type NeighboursProps = Omit<EntrySheetProps, 'onClose' | 'id' | 'rows'> & {
  id: string
  rows: readonly AuditEntry[]
  known: AuditEntry | undefined
}

/** Where this entry stands, and the ones before and after it in the list. */
function Neighbours({ id, rows, toOf, known }: NeighboursProps) {
  const t = useMessages()
  const formats = useFormats()
  const go = useGo()
  const at = rows.findIndex((row) => row.id === id)
  const above = at > 0 ? rows[at - 1] : undefined
  const below = at >= 0 ? rows[at + 1] : undefined
  // Going through the list is one step in the history: Back closes the sheet.
  const visit = (row: AuditEntry | undefined) => row && go(toOf(row.id), { replace: true })
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isTyping(event)) return
    const row = { k: above, ArrowLeft: above, j: below, ArrowRight: below }[event.key]
    if (!row) return
    event.preventDefault()
    visit(row)
  })
  useEffect(() => {
    addEventListener('keydown', onKey)
    return () => removeEventListener('keydown', onKey)
  }, [])
  return (
    <div className="mb-3 flex items-center gap-2 border-b border-line pb-3 text-13">
      {known && (
        <>
          <ResultMark result={known.result} />
          <span className="text-ink-muted tabular-nums">{numberInWords(known.index, t, formats)}</span>
        </>
      )}
      <span className="ml-auto flex">
        <IconButton
          icon={ChevronUp}
          label={t('audit.entry.previous')}
          shortcut="k"
          disabled={!above}
          onClick={() => visit(above)}
        />
        <IconButton
          icon={ChevronDown}
          label={t('audit.entry.next')}
          shortcut="j"
          disabled={!below}
          onClick={() => visit(below)}
        />
      </span>
    </div>
  )
}

function isTyping({ target }: KeyboardEvent): boolean {
  return target instanceof Element && target.closest('input, textarea, select, [role="menu"]') !== null
}
