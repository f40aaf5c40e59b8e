import { Check, CornerUpLeft, Search, X } from 'lucide-react'
import {
  type BankTransaction,
  matchBankTransaction,
  reopenBankTransaction,
  setAsideBankTransaction,
} from '#contract/billing'
import { Badge } from '#platform/ui/badge.tsx'
import { Button } from '#platform/ui/button.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { DateText } from '#platform/ui/date-text.tsx'
import { sentenceOf } from '#platform/ui/errors.ts'
import { type MessageKey, useFormats, useMessages } from '#platform/ui/messages.tsx'
import { Money } from '#platform/ui/money.tsx'
import { notify } from '#platform/ui/toast.tsx'
import { clientName } from '../invoice-name.ts'
import { endings } from './endings.ts'

const whys: Readonly<Record<string, MessageKey>> = {
  outgoing: 'billing.bank.why.outgoing',
  direct_debit: 'billing.bank.why.direct_debit',
  return: 'billing.bank.why.return',
}

/** What the bank says on the left; on the right whose payment it probably is, why, and the ways to say so. */
export function BankLine({ row, onMatch }: { row: BankTransaction; onMatch: () => void }) {
  const t = useMessages()
  const formats = useFormats()
  const failed = { onError: (error: unknown) => notify.failed({ title: sentenceOf(error, t) }) }
  const reopen = useEndpoint(reopenBankTransaction, failed)
  const params = { id: row.id }
  const done = (title: string) => notify.done({ title, undo: () => reopen.mutate({ params }) })
  const match = useEndpoint(matchBankTransaction, {
    ...failed,
    onSuccess: () => done(t('billing.bank.matched')),
  })
  const setAside = useEndpoint(setAsideBankTransaction, {
    ...failed,
    onSuccess: () => done(t('billing.bank.put-aside')),
  })
  const [best] = row.suggestions
  const why = whys[row.why]
  return (
    <li className="grid gap-3 rounded-card border border-line bg-surface p-3 text-13 md:grid-cols-[minmax(0,1fr)_minmax(0,1fr)]">
      <div className="min-w-0">
        <p className="flex items-baseline gap-3">
          <span className="text-14 font-semibold">
            <Money cents={row.amountCents} />
          </span>
          <span className="text-ink-muted">
            <DateText value={row.bookedOn} />
          </span>
        </p>
        <p className="break-words">{row.label}</p>
        <p className="text-12 break-words text-ink-muted">
          {[row.counterparty, row.reference, row.counterpartyEnding && `•••• ${row.counterpartyEnding}`]
            .filter(Boolean)
            .join(' · ')}
        </p>
        <p className="text-12 break-words text-ink-muted">
          {t('billing.bank.statement', {
            name: row.statement.name,
            accounts: endings(row.statement.accountEndings) || 'none',
          })}
        </p>
      </div>
      {row.state === 'to_match' ? (
        <div className="flex min-w-0 flex-col gap-2">
          {row.twin && (
            <p className="rounded-control bg-warning-soft px-2 py-1 text-warning-ink">
              {t('billing.bank.twin', {
                name: row.twin.statement,
                state: row.twin.state,
                when: row.twin.bookedOn === row.bookedOn ? 'same' : 'other',
                day: formats.day(row.twin.bookedOn),
              })}
            </p>
          )}
          {row.namesPaid.length > 0 && (
            <p className="text-warning-ink">
              {t('billing.bank.names-paid', {
                count: row.namesPaid.length,
                numbers: row.namesPaid.map(({ number }) => number).join(', '),
              })}
            </p>
          )}
          {best ? (
            <div className="min-w-0">
              <p className="flex flex-wrap items-center gap-2">
                <span className="font-medium">{clientName(best)}</span>
                <Badge tone={best.sure ? 'success' : 'warning'}>
                  {t(best.sure ? 'billing.bank.sure' : 'billing.bank.guess', {
                    score: formats.integer(best.score),
                  })}
                </Badge>
              </p>
              <p className="text-ink-muted tabular-nums">
                {[
                  ...best.allocations.map((one) =>
                    one.amountCents < one.outstandingCents
                      ? t('billing.bank.part-of', {
                          number: one.number,
                          amount: formats.money(one.amountCents),
                          owed: formats.money(one.outstandingCents),
                        })
                      : `${one.number} ${formats.money(one.amountCents)}`,
                  ),
                  ...(best.creditCents > 0
                    ? [t('billing.bank.credit', { amount: formats.money(best.creditCents) })]
                    : []),
                ].join(' · ')}
              </p>
              <p className="text-12 text-ink-muted">
                {best.reasons.map(({ code }) => t(`billing.bank.reason.${code}`)).join(' · ')}
              </p>
            </div>
          ) : (
            <p className="text-ink-muted">{t('billing.bank.nobody')}</p>
          )}
          <div className="flex flex-wrap gap-2">
            {best && (
              <Button
                size="small"
                variant={best.sure ? 'primary' : 'secondary'}
                icon={Check}
                loading={match.isPending}
                onClick={() =>
                  match.mutate({
                    params,
                    body: {
                      clientId: best.client.id,
                      allocations: best.allocations.map(({ invoiceId, amountCents }) => ({
                        invoiceId,
                        amountCents,
                      })),
                    },
                  })
                }
              >
                {t('billing.bank.confirm')}
              </Button>
            )}
            {row.amountCents > 0 && (
              <Button size="small" icon={Search} onClick={onMatch}>
                {t('billing.bank.other')}
              </Button>
            )}
            <Button
              size="small"
              icon={X}
              loading={setAside.isPending}
              onClick={() =>
                setAside.mutate({
                  params,
                  body: {
                    why: row.twin
                      ? t('billing.bank.why.twin', { name: row.twin.statement }).slice(0, 200)
                      : t('billing.bank.why.none'),
                  },
                })
              }
            >
              {t(row.twin ? 'billing.bank.twin.aside' : 'billing.bank.aside')}
            </Button>
          </div>
        </div>
      ) : (
        <div className="flex min-w-0 flex-wrap items-start gap-2">
          <p className="min-w-0 flex-1 break-words">
            {row.payment && <span className="block font-medium">{clientName(row.payment)}</span>}
            <span className="text-ink-muted">{why ? t(why) : row.why}</span>
            {row.decidedBy && <span className="block text-12 text-ink-muted">{row.decidedBy}</span>}
          </p>
          <Button
            size="small"
            icon={CornerUpLeft}
            loading={reopen.isPending}
            onClick={() => reopen.mutate({ params })}
          >
            {t('billing.bank.reopen')}
          </Button>
        </div>
      )}
    </li>
  )
}
