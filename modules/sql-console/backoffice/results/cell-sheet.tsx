import type { StatementReport } from '#contract/sql-console'
import { CopyButton } from '#platform/ui/copy-button.tsx'
import { Sheet } from '#platform/ui/dialog.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { Value } from './value.tsx'

type CellSheetProps = {
  column: StatementReport['columns'][number]
  value: string | null
  onClose: () => void
}

/** A cell whole: a long text with its lines, JSON laid out. */
export function CellSheet({ column, value, onClose }: CellSheetProps) {
  const t = useMessages()
  const isMasked = column.masked !== null && value !== null
  return (
    <Sheet
      open
      wide
      onOpenChange={(open) => !open && onClose()}
      title={column.name}
      description={t('sql.grid.type', { type: column.type })}
      footer={value !== null && !isMasked && <CopyButton text={value} />}
    >
      {isMasked && column.masked && (
        <p className="mb-2 text-13 text-warning-ink">
          {t('sql.masked', { class: t(`sql.class.${column.masked}`) })}
        </p>
      )}
      {/* Longer than a low window: it takes the focus itself, so as to be scrolled. */}
      <pre
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        tabIndex={0}
        className="rounded-control bg-sunken p-3 font-mono text-12 wrap-anywhere whitespace-pre-wrap"
      >
        <Value value={value === null ? null : laidOut(column.type, value)} />
      </pre>
    </Sheet>
  )
}

function laidOut(type: string, value: string): string {
  if (!type.startsWith('json')) return value
  try {
    return JSON.stringify(JSON.parse(value), null, 2)
  } catch {
    return value
  }
}
