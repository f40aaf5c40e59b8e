/** One entry whole, beside the log. */
import type { ReactNode } from 'react'
import { getAuditEntry, type WholeAuditEntry } from '#contract/audit'
import { CopyId } from '#platform/ui/copy-id.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { DateText } from '#platform/ui/date-text.tsx'
import { Sheet } from '#platform/ui/dialog.tsx'
import { MISSING } from '#platform/ui/formats.ts'
import { useMessages } from '#platform/ui/messages.tsx'
import { Skeleton } from '#platform/ui/skeleton.tsx'
import { ErrorState } from '#platform/ui/states.tsx'
import { AuditObject } from './audit-object.tsx'
import { ChangesTable } from './changes-table.tsx'
import { actorInWords, verbInWords } from './words.ts'

export function EntrySheet({ id, onClose }: { id: string | undefined; onClose: () => void }) {
  const t = useMessages()
  const { data, error, refetch, isPlaceholderData } = useEndpoint(
    getAuditEntry,
    { params: { id: id ?? '' } },
    // The sheet slides away with what it showed.
    { enabled: id !== undefined, keepPrevious: true },
  )
  const entry = id !== undefined && isPlaceholderData ? undefined : data
  return (
    <Sheet
      open={id !== undefined}
      onOpenChange={(open) => !open && onClose()}
      title={t('audit.entry')}
      {...(entry && { description: `${actorInWords(entry.actor, t)} ${verbInWords(entry.verb, t)}` })}
    >
      {error && !entry ? (
        <ErrorState error={error} onRetry={refetch} />
      ) : entry ? (
        <Whole entry={entry} />
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
  const t = useMessages()
  return (
    <>
      <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-2 text-13">
        <Fact label={t('audit.entry.who')}>{actorInWords(entry.actor, t)}</Fact>
        {entry.onBehalfOf && (
          <Fact label={t('audit.entry.behalf')}>
            <CopyId id={entry.onBehalfOf} />
          </Fact>
        )}
        <Fact label={t('audit.entry.verb')}>
          {verbInWords(entry.verb, t)} <code className="text-12 text-ink-muted">{entry.verb}</code>
        </Fact>
        <Fact label={t('audit.object')}>
          <AuditObject entry={entry} />
          {entry.objectId && <CopyId id={entry.objectId} />}
        </Fact>
        <Fact label={t('audit.at')}>
          <DateText value={entry.at} show="instant" />
        </Fact>
        <Fact label={t('audit.ip')}>{entry.ip ?? MISSING}</Fact>
        <Fact label={t('audit.entry.agent')}>{entry.userAgent ?? MISSING}</Fact>
        <Fact label={t('audit.entry.request')}>
          {entry.requestId ? <CopyId id={entry.requestId} /> : MISSING}
        </Fact>
        <Fact label={t('audit.id')}>
          <CopyId id={entry.id} />
        </Fact>
      </dl>
      <ChangesTable entry={entry} />
    </>
  )
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-ink-muted">{label}</dt>
      <dd className="min-w-0 break-words">{children}</dd>
    </>
  )
}
