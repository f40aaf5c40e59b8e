import { useState } from 'react'
import type { StatementReport } from '#contract/sql-console'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { Tabs } from '#platform/ui/tabs.tsx'
import { StatementResult } from './statement-result.tsx'

type ResultsProps = {
  statements: readonly StatementReport[]
  text: string
  /** A finished read: what it gave may be had whole. */
  read?: { runId: string; onMore: (() => void) | undefined } | undefined
}

/** What each statement gave: one alone, several as tabs, the last that gave rows in front. */
export function Results({ statements, text, read }: ResultsProps) {
  const t = useMessages()
  const formats = useFormats()
  const last = statements.findLastIndex(({ columns }) => columns.length > 0)
  const [shown, setShown] = useState(String(Math.max(0, last)))
  const [first] = statements
  if (!first) return null
  if (statements.length === 1)
    return <StatementResult statement={first} text={text} read={read && { ...read, statement: 0 }} />
  return (
    <Tabs
      label={t('sql.statements')}
      value={shown}
      onChange={setShown}
      tabs={statements.map((statement, index) => ({
        value: String(index),
        label: t('sql.statement.n', { n: index + 1, command: statement.command }),
        count:
          statement.rowCount === null || statement.columns.length === 0
            ? undefined
            : formats.integer(statement.rowCount),
        panel: (
          <StatementResult statement={statement} text={text} read={read && { ...read, statement: index }} />
        ),
      }))}
    />
  )
}
