import { useState } from 'react'
import type { StatementReport } from '#contract/sql-console'
import { Button } from '#platform/ui/button.tsx'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { UnmaskedSign } from '../unmasking/unmasked-sign.tsx'
import { MaskedSign } from './masked-sign.tsx'
import { Value } from './value.tsx'

type ResultCardsProps = {
  label: string
  columns: StatementReport['columns']
  rows: readonly (readonly (string | null)[])[]
  order: readonly number[] | undefined
  onOpen: (place: { row: number; column: number }) => void
}

const page = 30

/** On a narrow screen a row is a card: its columns below one another, nothing to move sideways. */
export function ResultCards({ label, columns, rows, order, onOpen }: ResultCardsProps) {
  const t = useMessages()
  const formats = useFormats()
  const [most, setMost] = useState(page)
  const shown = Math.min(most, rows.length)
  return (
    <>
      <ul aria-label={label} className="flex flex-col gap-2">
        {Array.from({ length: shown }, (_, index) => (
          <li key={index} className="rounded-card border border-line bg-surface p-3">
            <p className="mb-1 text-12 text-ink-muted tabular-nums">
              {t('sql.grid.row.n', { n: formats.integer(index + 1) })}
            </p>
            <dl className="flex flex-col gap-1 text-13">
              {columns.map((column, at) => (
                <div key={at} className="flex items-baseline justify-between gap-3">
                  <dt className="flex min-w-0 items-center gap-1 text-12 text-ink-muted">
                    {column.masked && <MaskedSign of={column.masked} />}
                    {column.unmasked && <UnmaskedSign of={column.unmasked} />}
                    <span className="truncate">{column.name}</span>
                  </dt>
                  <dd className="min-w-0 max-w-[65%] text-right">
                    <button
                      type="button"
                      onClick={() => onOpen({ row: index, column: at })}
                      className="line-clamp-3 min-h-6 text-right wrap-anywhere"
                    >
                      <Value value={rows[order?.[index] ?? index]?.[at]?.slice(0, 300) ?? null} />
                    </button>
                  </dd>
                </div>
              ))}
            </dl>
          </li>
        ))}
      </ul>
      {rows.length > shown && (
        <div className="mt-3 text-center">
          <Button onClick={() => setMost(most + page)}>
            {t('sql.grid.more', { shown: formats.integer(shown), of: formats.integer(rows.length) })}
          </Button>
        </div>
      )}
    </>
  )
}
