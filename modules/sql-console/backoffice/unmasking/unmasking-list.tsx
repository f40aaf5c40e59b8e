/** Who saw what unmasked, and why: one's own, and for whoever approves everybody's. */
import { EyeOff, TerminalSquare } from 'lucide-react'
import { useMemo } from 'react'
import { endSqlUnmasking, listSqlUnmaskings } from '#contract/sql-console'
import { DataTable } from '#platform/ui/data-table.tsx'
import { useEndpoint, usePages } from '#platform/ui/data.ts'
import { sentenceOf } from '#platform/ui/errors.ts'
import { ButtonLink } from '#platform/ui/link.tsx'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { PageHeader } from '#platform/ui/page-header.tsx'
import { EmptyState } from '#platform/ui/states.tsx'
import { notify } from '#platform/ui/toast.tsx'
import { useUrlState } from '#platform/ui/url-state.ts'
import { consoleTo } from '../addresses.ts'
import { OneOf } from '../list-filters.tsx'
import { unmaskingColumns } from './unmasking-columns.tsx'

const Address = listSqlUnmaskings.input.query.pick({ state: true })
const states = ['open', 'ended'] as const

export function UnmaskingList() {
  const t = useMessages()
  const formats = useFormats()
  const [{ state }, change] = useUrlState(Address)
  const list = usePages(listSqlUnmaskings, { query: { state } })
  const columns = useMemo(() => unmaskingColumns(t, formats), [t, formats])
  const end = useEndpoint(endSqlUnmasking, {
    onSuccess: ({ by }) => notify.done({ title: t('sql.unmasking.ended.done', { name: by.name }) }),
    onError: (error) => notify.failed({ title: sentenceOf(error, t) }),
  })
  const { total } = list
  return (
    <>
      <PageHeader
        title={t('sql.unmaskings')}
        count={
          <output>
            {total !== undefined &&
              t('sql.unmaskings.count', { count: total, shown: formats.integer(total) })}
          </output>
        }
        secondary={
          <ButtonLink to={consoleTo()} icon={TerminalSquare}>
            {t('sql.title')}
          </ButtonLink>
        }
      />
      <DataTable
        id="sql-unmaskings"
        label={t('sql.unmaskings')}
        columns={columns}
        lines={2}
        rows={list.rows}
        rowId={({ id }) => id}
        rowLabel={({ by, reason }) => `${by.name}, ${reason}`}
        rowActions={({ id, isOpen }) =>
          isOpen
            ? [
                {
                  label: t('sql.unmasking.end'),
                  icon: EyeOff,
                  quick: true,
                  onSelect: () => end.mutate({ params: { id } }),
                },
              ]
            : []
        }
        stale={list.stale}
        error={list.error}
        retry={list.retry}
        more={list.more}
        toolbar={
          <OneOf
            label={t('sql.unmasking.state')}
            values={states}
            inWords={(one) => t(`sql.unmasking.state.${one}`)}
            value={state}
            onChange={(one) => change({ state: one })}
          />
        }
        empty={
          <EmptyState icon={EyeOff} title={t('sql.unmaskings.empty')}>
            <p>{t('sql.unmaskings.empty.help')}</p>
          </EmptyState>
        }
      />
    </>
  )
}
