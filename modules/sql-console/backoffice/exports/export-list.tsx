/** One's own exports of the last day: how far they are, and their files. */
import { Download, Square, TerminalSquare } from 'lucide-react'
import { useMemo } from 'react'
import { listSqlExports } from '#contract/sql-console'
import { DataTable } from '#platform/ui/data-table.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { ButtonLink } from '#platform/ui/link.tsx'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { PageHeader } from '#platform/ui/page-header.tsx'
import { EmptyState } from '#platform/ui/states.tsx'
import { consoleTo } from '../addresses.ts'
import { exportColumns } from './export-columns.tsx'
import { useCancel } from './export-stands.tsx'
import { isUnderWay } from './export-words.ts'

export function ExportList() {
  const t = useMessages()
  const formats = useFormats()
  const { data, error, refetch } = useEndpoint(listSqlExports, {})
  const cancel = useCancel()
  const columns = useMemo(() => exportColumns(t, formats), [t, formats])
  const console_ = (
    <ButtonLink to={consoleTo()} icon={TerminalSquare}>
      {t('sql.title')}
    </ButtonLink>
  )
  return (
    <>
      <PageHeader
        title={t('sql.exports')}
        count={<output>{data && t('sql.exports.count', { count: data.rows.length })}</output>}
        secondary={console_}
      />
      <p className="mb-4 max-w-prose text-13 text-ink-muted">{t('sql.exports.help')}</p>
      <DataTable
        id="sql-exports"
        label={t('sql.exports')}
        columns={columns}
        rows={data?.rows}
        rowId={({ id }) => id}
        rowLabel={({ text }) => text}
        rowTo={({ runId }) => consoleTo({ run: runId })}
        rowActions={(one) =>
          isUnderWay(one)
            ? [
                {
                  label: t('sql.export.cancel'),
                  icon: Square,
                  quick: true,
                  onSelect: () => cancel.mutate({ params: { id: one.id } }),
                },
              ]
            : []
        }
        error={error}
        retry={() => void refetch()}
        empty={
          <EmptyState icon={Download} title={t('sql.exports.empty')} action={console_}>
            <p>{t('sql.exports.empty.help')}</p>
          </EmptyState>
        }
      />
    </>
  )
}
