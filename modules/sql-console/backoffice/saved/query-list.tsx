/** What is kept under a name: one's own, what others share, and what lies in the trash. */
import { Bookmark, TerminalSquare, Trash2 } from 'lucide-react'
import { useMemo, useState } from 'react'
import { listSqlQueries, QueryTarget } from '#contract/sql-console'
import { Button } from '#platform/ui/button.tsx'
import { Chip } from '#platform/ui/chip.tsx'
import { DataTable } from '#platform/ui/data-table.tsx'
import { usePages } from '#platform/ui/data.ts'
import { SearchInput } from '#platform/ui/input.tsx'
import { ButtonLink, useGo } from '#platform/ui/link.tsx'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { PageHeader } from '#platform/ui/page-header.tsx'
import { useSession } from '#platform/ui/session.tsx'
import { useSettledText } from '#platform/ui/settled-text.ts'
import { EmptyState } from '#platform/ui/states.tsx'
import { useUrlState } from '#platform/ui/url-state.ts'
import { consoleTo } from '../addresses.ts'
import { NoneLeft, OneOf } from '../list-filters.tsx'
import { queriesTo, queryTo } from './addresses.ts'
import { type Editing, EditQuery } from './edit-query.tsx'
import { queryColumns } from './query-columns.tsx'
import { useQueryActs } from './query-acts.ts'

const Address = listSqlQueries.input.query.pick({ q: true, whose: true, target: true })
const reaches = ['mine', 'shared'] as const

export function QueryList() {
  const t = useMessages()
  const formats = useFormats()
  const { id: me } = useSession()
  const [filters, change] = useUrlState(Address)
  const { q, whose, target } = filters
  const [text, setText] = useSettledText(q ?? '', (next) =>
    change({ q: next === '' ? undefined : next }, { replace: true }),
  )
  const list = usePages(listSqlQueries, { query: filters })
  const columns = useMemo(() => queryColumns(t, me), [t, me])
  const [editing, setEditing] = useState<Editing | null>(null)
  const acts = useQueryActs(setEditing)
  const { total } = list
  const inTrash = whose === 'trash'
  return (
    <>
      <PageHeader
        title={t('sql.saved')}
        count={
          <output>
            {total !== undefined && t('sql.saved.count', { count: total, shown: formats.integer(total) })}
          </output>
        }
        secondary={
          <>
            <Button
              icon={Trash2}
              aria-pressed={inTrash}
              variant={inTrash ? 'secondary' : 'ghost'}
              onClick={() => change({ whose: inTrash ? undefined : 'trash' })}
            >
              {t('sql.saved.trash')}
            </Button>
            <ButtonLink to={consoleTo()} icon={TerminalSquare}>
              {t('sql.title')}
            </ButtonLink>
          </>
        }
      />
      <DataTable
        id="sql-queries"
        label={t('sql.saved')}
        columns={columns}
        lines={2}
        rows={list.rows}
        rowId={({ id }) => id}
        rowLabel={({ name }) => name}
        rowTo={inTrash ? undefined : ({ id }) => queryTo(id)}
        rowActions={acts}
        stale={list.stale}
        error={list.error}
        retry={list.retry}
        more={list.more}
        toolbar={
          <>
            <SearchInput value={text} onChange={setText} label={t('sql.saved.search')} />
            {inTrash ? (
              <Chip
                label={t('sql.saved.who')}
                value={t('sql.saved.trash')}
                onRemove={() => change({ whose: undefined })}
              />
            ) : (
              <OneOf
                label={t('sql.saved.who')}
                values={reaches}
                inWords={(one) => t(`sql.saved.whose.${one}`)}
                value={whose}
                onChange={(one) => change({ whose: one })}
              />
            )}
            <OneOf
              label={t('sql.saved.target')}
              values={QueryTarget.options}
              inWords={(one) => t(`sql.saved.target.${one}`)}
              value={target}
              onChange={(one) => change({ target: one })}
            />
          </>
        }
        empty={<Empty inTrash={inTrash} isFiltered={Boolean(q ?? whose ?? target)} />}
      />
      {editing && <EditQuery key={editing.id} {...editing} onClose={() => setEditing(null)} />}
    </>
  )
}

function Empty({ inTrash, isFiltered }: { inTrash: boolean; isFiltered: boolean }) {
  const t = useMessages()
  const go = useGo()
  if (inTrash)
    return (
      <EmptyState
        icon={Trash2}
        title={t('sql.saved.trash.empty')}
        action={<Button onClick={() => go(queriesTo())}>{t('sql.saved.all')}</Button>}
      >
        <p>{t('sql.saved.trash.help')}</p>
      </EmptyState>
    )
  return isFiltered ? (
    <NoneLeft title={t('sql.saved.none.found')} to={queriesTo()} />
  ) : (
    <EmptyState
      icon={Bookmark}
      title={t('sql.saved.none')}
      action={<ButtonLink to={consoleTo()}>{t('sql.saved.none.go')}</ButtonLink>}
    >
      <p>{t('sql.saved.none.help')}</p>
    </EmptyState>
  )
}
