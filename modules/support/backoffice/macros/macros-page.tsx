/** Answers kept ready: what there is, who uses it, and how often. */
import { Plus, TextQuote, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { listMacros, type Macro } from '#contract/support'
import { addressState, anId, oneOf, wordsUpTo } from '#platform/ui/address-state.ts'
import { Button } from '#platform/ui/button.tsx'
import { Card } from '#platform/ui/card.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { SearchInput } from '#platform/ui/input.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { PageHeader } from '#platform/ui/page-header.tsx'
import { useMay } from '#platform/ui/session.tsx'
import { useSettledText } from '#platform/ui/settled-text.ts'
import { Skeleton } from '#platform/ui/skeleton.tsx'
import { EmptyState, ErrorState } from '#platform/ui/states.tsx'
import { useUrlState } from '#platform/ui/url-state.ts'
import { MacroForm } from './macro-form.tsx'
import { MacroRow } from './macro-row.tsx'

const State = addressState({ q: wordsUpTo(100), trashed: oneOf(['yes']), macro: anId })

export function MacrosPage() {
  const t = useMessages()
  const may = useMay()
  const [state, setState] = useUrlState(State)
  const [text, setText] = useSettledText(state.q ?? '', (q) =>
    setState({ q: q === '' ? undefined : q }, { replace: true }),
  )
  const inTrash = state.trashed === 'yes'
  const query = { ...(state.q && { q: state.q }), ...(inTrash && { trashed: 'yes' as const }) }
  const { data, error, refetch } = useEndpoint(listMacros, { query }, { keepPrevious: true })
  const [writing, setWriting] = useState<Macro | 'new' | null>(null)
  // The palette leads to one of them.
  const named = state.macro
    ? (data?.rows.find(({ id, mayChange }) => id === state.macro && mayChange) ?? null)
    : null
  const open = writing ?? named
  const close = () => {
    setWriting(null)
    if (state.macro) setState({ macro: undefined }, { replace: true })
  }
  const write = may('tickets.write') && (
    <Button variant="primary" icon={Plus} onClick={() => setWriting('new')}>
      {t('support.macro.new')}
    </Button>
  )
  return (
    <>
      <PageHeader
        title={t('support.macro.page')}
        count={data && t('support.macro.count', { count: data.rows.length })}
        primary={write}
        secondary={
          <Button
            icon={Trash2}
            aria-pressed={inTrash}
            variant={inTrash ? 'secondary' : 'ghost'}
            onClick={() => setState({ trashed: inTrash ? undefined : 'yes' })}
          >
            {t('support.macro.trash_can')}
          </Button>
        }
      >
        <SearchInput value={text} onChange={setText} label={t('support.macro.search')} />
      </PageHeader>
      {error && !data && <ErrorState error={error} onRetry={refetch} />}
      {!error && !data && (
        <Card>
          <Skeleton height={240} width="100%" />
        </Card>
      )}
      {data?.rows.length === 0 && (
        <EmptyState
          icon={TextQuote}
          title={t(
            inTrash
              ? 'support.macro.trash.empty'
              : state.q
                ? 'support.macro.none_found'
                : 'support.macro.none',
          )}
          action={!inTrash && write}
        >
          {!inTrash && !state.q && <p>{t('support.macro.none.help')}</p>}
        </EmptyState>
      )}
      {data && data.rows.length > 0 && (
        <Card flush>
          <ul>
            {data.rows.map((macro) => (
              <MacroRow key={macro.id} macro={macro} onEdit={() => setWriting(macro)} />
            ))}
          </ul>
        </Card>
      )}
      {open && <MacroForm macro={open === 'new' ? null : open} onClose={close} />}
    </>
  )
}
