import { ChevronRight, KeyRound } from 'lucide-react'
import { useState } from 'react'
import type { SqlTable } from '#contract/sql-console'
import { Button } from '#platform/ui/button.tsx'
import { Sheet } from '#platform/ui/dialog.tsx'
import { SearchInput } from '#platform/ui/input.tsx'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { MaskedSign } from '../results/masked-sign.tsx'

type TablesSheetProps = {
  tables: readonly SqlTable[]
  onInsert: (text: string) => void
  onClose: () => void
}

/** What there is to ask: tables and their columns, found by typing, put into the text by a click. */
export function TablesSheet({ tables, onInsert, onClose }: TablesSheetProps) {
  const t = useMessages()
  const [search, setSearch] = useState('')
  const wanted = search.trim().toLowerCase()
  const found = tables.filter(
    ({ name, columns }) => name.includes(wanted) || columns.some((column) => column.name.includes(wanted)),
  )
  return (
    <Sheet open onOpenChange={(open) => !open && onClose()} title={t('sql.tables')}>
      <div className="mb-3">
        <SearchInput label={t('sql.tables.search')} value={search} onChange={setSearch} />
      </div>
      {found.length === 0 && <p className="text-13 text-ink-muted">{t('sql.tables.none')}</p>}
      <ul className="flex flex-col">
        {found.map((table) => (
          <li key={table.name} className="border-t border-line first:border-t-0">
            <Table table={table} onInsert={onInsert} />
          </li>
        ))}
      </ul>
    </Sheet>
  )
}

function Table({ table, onInsert }: { table: SqlTable; onInsert: (text: string) => void }) {
  const t = useMessages()
  const formats = useFormats()
  const { name, rows, columns, kind } = table
  return (
    <details className="group">
      <summary className="flex min-h-9 cursor-pointer list-none items-center gap-2 rounded-small text-13 touch:min-h-11">
        <ChevronRight aria-hidden size={14} className="shrink-0 text-ink-muted group-open:rotate-90" />
        <code className="min-w-0 truncate font-mono">{name}</code>
        <span className="ml-auto shrink-0 text-12 text-ink-muted tabular-nums">
          {rows === null || kind === 'view'
            ? t(`sql.tables.${kind}`)
            : t('sql.tables.rows', { count: rows, shown: formats.integer(rows) })}
        </span>
      </summary>
      <div className="pb-3 pl-5">
        <Button size="small" onClick={() => onInsert(`SELECT *\nFROM ${name}\nLIMIT 100;`)}>
          {t('sql.tables.select')}
        </Button>
        <ul className="mt-2 flex flex-col gap-0.5">
          {columns.map((column) => (
            <li key={column.name} className="flex min-h-6 items-center gap-2 text-12">
              <button
                type="button"
                onClick={() => onInsert(column.name)}
                className="min-h-6 min-w-0 truncate rounded-small px-1 font-mono hover:bg-hover"
              >
                {column.name}
              </button>
              {column.isKey && (
                <span className="shrink-0 text-ink-muted">
                  <KeyRound aria-hidden size={12} />
                  <span className="sr-only">{t('sql.tables.key')}</span>
                </span>
              )}
              {column.class && <MaskedSign of={column.class} />}
              <span className="ml-auto min-w-0 truncate text-ink-muted">
                {column.references ? `${column.type} · ${column.references}` : column.type}
              </span>
            </li>
          ))}
        </ul>
      </div>
    </details>
  )
}
