/** Statements come in here, and each of their lines finds whose payment it is. */
import { CheckCheck, FileUp, Landmark } from 'lucide-react'
import { useState } from 'react'
import {
  bankStates,
  type BankFilePreview,
  type BankTransaction,
  listBankTransactions,
  matchSureBankTransactions,
} from '#contract/billing'
import { Button } from '#platform/ui/button.tsx'
import { usePages, useEndpoint } from '#platform/ui/data.ts'
import { sentenceOf } from '#platform/ui/errors.ts'
import { SearchInput } from '#platform/ui/input.tsx'
import { LoadMore } from '#platform/ui/load-more.tsx'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { PageHeader } from '#platform/ui/page-header.tsx'
import { useSettledText } from '#platform/ui/settled-text.ts'
import { Skeleton } from '#platform/ui/skeleton.tsx'
import { EmptyState, ErrorState } from '#platform/ui/states.tsx'
import { notify } from '#platform/ui/toast.tsx'
import { useUrlState } from '#platform/ui/url-state.ts'
import { PaymentTabs } from '../payments/payment-tabs.tsx'
import { StateChips } from '../state-filter.tsx'
import { BankLine } from './bank-line.tsx'
import { MatchDialog } from './match-dialog.tsx'
import { ShownStatement } from './shown-statement.tsx'
import { StatementFile } from './statement-file.tsx'
import { StatementPreview } from './statement-preview.tsx'

const Filters = listBankTransactions.input.query.pick({ state: true, import: true, q: true })

export function BankPage() {
  const t = useMessages()
  const formats = useFormats()
  const [filters, change] = useUrlState(Filters)
  const [file, setFile] = useState<BankFilePreview | null>(null)
  const [sending, setSending] = useState(false)
  const [matching, setMatching] = useState<BankTransaction | null>(null)
  const list = usePages(listBankTransactions, { query: filters })
  const [text, setText] = useSettledText(filters.q ?? '', (q) =>
    change({ q: q === '' ? undefined : q }, { replace: true }),
  )
  const counts = list.first?.counts
  const isNew = counts !== undefined && bankStates.every((state) => counts[state] === 0)
  const emptyWord = filters.q
    ? 'billing.bank.empty.search'
    : isNew
      ? 'billing.bank.empty.new'
      : // All is matched only where something was.
        filters.state === 'to_match' && counts?.matched === 0
        ? 'billing.bank.empty.nothing'
        : (`billing.bank.empty.${filters.state ?? 'to_match'}` as const)
  const sure = (list.rows ?? []).filter((row) => row.suggestions[0]?.sure)
  const confirm = useEndpoint(matchSureBankTransactions, {
    onSuccess: ({ matched, left }) => notify.done(whatBecame(matched.length, left)),
    onError: (error) => notify.failed({ title: sentenceOf(error, t) }),
  })
  /** Of each line that was to be confirmed: paid, or why not. */
  const whatBecame = (count: number, left: readonly { id: string; why: 'decided' | 'not_sure' }[]) => {
    const title = t('billing.bank.confirmed', { count })
    if (left.length === 0) return { title }
    const told = left.slice(0, 5).flatMap(({ id, why }) => {
      const row = list.rows?.find((one) => one.id === id)
      const values = row && { amount: formats.money(row.amountCents), label: row.label.slice(0, 60) }
      return values ? [t(`billing.bank.left.${why}`, values)] : []
    })
    const description = [t('billing.bank.left', { count: left.length }), ...told].join(' · ')
    return { title, description, stays: 20_000 }
  }
  return (
    <>
      <PageHeader
        title={t('billing.paying.bank')}
        secondary={
          sure.length > 0 && (
            <Button
              icon={CheckCheck}
              loading={confirm.isPending}
              onClick={() => confirm.mutate({ body: { ids: sure.map((row) => row.id) } })}
            >
              {t('billing.bank.confirm-sure', { count: sure.length })}
            </Button>
          )
        }
        primary={
          <Button variant="primary" icon={FileUp} onClick={() => setSending(true)}>
            {t('billing.bank.import')}
          </Button>
        }
      >
        <PaymentTabs at="bank" />
        <div className="flex flex-wrap items-center gap-2">
          <StateChips
            always
            label={t('billing.state')}
            states={bankStates}
            chosen={filters.state}
            onChoose={(state) => state && change({ state })}
            word={(state) =>
              state && (
                <>
                  {t(`billing.bank.state.${state}`, { count: counts?.[state] ?? 0 })}
                  {counts && <span className="ml-1.5 tabular-nums">{formats.integer(counts[state])}</span>}
                </>
              )
            }
          />
          <SearchInput
            label={t('billing.bank.search')}
            placeholder={t('billing.bank.search.placeholder')}
            value={text}
            onChange={setText}
          />
        </div>
      </PageHeader>
      {sending && !file && <StatementFile onSent={setFile} onClose={() => setSending(false)} />}
      {file && (
        <StatementPreview
          file={file}
          onClose={() => {
            setFile(null)
            setSending(false)
          }}
          onImported={(id) => {
            setFile(null)
            setSending(false)
            change({ state: 'to_match', import: id })
          }}
        />
      )}
      {filters.import !== undefined && !file && (
        <ShownStatement id={filters.import} onAll={() => change({ import: undefined })} />
      )}
      {list.error ? (
        <ErrorState error={list.error} onRetry={list.retry} />
      ) : !list.rows ? (
        <Skeleton width="100%" height={320} />
      ) : list.rows.length === 0 ? (
        // Beside a file that is looked at, an empty list says nothing.
        !file && (
          <EmptyState icon={Landmark} title={t(emptyWord)}>
            <p>{t(filters.q ? 'billing.bank.empty.search.help' : 'billing.bank.empty.help')}</p>
          </EmptyState>
        )
      ) : (
        <ul aria-label={t('billing.bank.lines')} className="flex flex-col gap-2">
          {list.rows.map((row) => (
            <BankLine key={row.id} row={row} onMatch={() => setMatching(row)} />
          ))}
        </ul>
      )}
      {list.rows && <LoadMore more={list.more} shown={list.rows.length} />}
      {matching && <MatchDialog row={matching} onClose={() => setMatching(null)} />}
    </>
  )
}
