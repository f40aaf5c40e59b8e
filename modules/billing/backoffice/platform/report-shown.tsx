import type { ReactNode } from 'react'
import { getReport, type PlatformReport } from '#contract/billing'
import { useEndpoint } from '#platform/ui/data.ts'
import { numberCell, numberHead, rowHead, textHead } from '#platform/ui/figure-table.ts'
import { TextLink } from '#platform/ui/link.tsx'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { Money } from '#platform/ui/money.tsx'
import { Skeleton } from '#platform/ui/skeleton.tsx'
import { ErrorState } from '#platform/ui/states.tsx'
import { invoiceTo } from '../addresses.ts'

/** The figures of a period as they are, or were, handed over. */
export function ReportShown({ from, until }: { from: string; until: string }) {
  const t = useMessages()
  const { data, error, refetch } = useEndpoint(getReport, { params: { from, until } })
  if (error) return <ErrorState error={error} onRetry={refetch} />
  if (!data) return <Skeleton width="80%" height={80} />
  const { sales, invoices, payments } = data
  const nothing = [sales, invoices, payments].every((part) => part === null || part.length === 0)
  if (nothing) return <p className="pb-2 pl-6 text-ink-muted">{t('billing.platform.report.nothing')}</p>
  return (
    <div className="flex flex-col gap-4 overflow-x-auto pb-3 pl-6">
      {sales && sales.length > 0 && <Sales sales={sales} />}
      {invoices && invoices.length > 0 && <Abroad invoices={invoices} />}
      {payments && payments.length > 0 && <Payments payments={payments} />}
    </div>
  )
}

function Figures({ title, heads, children }: { title: string; heads: ReactNode; children: ReactNode }) {
  return (
    <table aria-label={title} className="w-full max-w-3xl border-separate border-spacing-0">
      <caption className="py-1 text-left text-13 font-medium">{title}</caption>
      <thead>
        <tr>{heads}</tr>
      </thead>
      <tbody>{children}</tbody>
    </table>
  )
}

function Sales({ sales }: { sales: NonNullable<PlatformReport['sales']> }) {
  const t = useMessages()
  const formats = useFormats()
  return (
    <Figures
      title={t('billing.platform.report.sales')}
      heads={
        <>
          <th scope="col" className={textHead}>
            {t('billing.platform.report.day')}
          </th>
          <th scope="col" className={textHead}>
            {t('billing.platform.report.category')}
          </th>
          {(['transactions', 'rate', 'excl', 'vat'] as const).map((column) => (
            <th key={column} scope="col" className={numberHead}>
              {t(`billing.platform.report.${column}`)}
            </th>
          ))}
        </>
      }
    >
      {sales.flatMap((sale) =>
        sale.rates.map((rate, index) => (
          <tr key={`${sale.day} ${sale.category} ${rate.basisPoints}`}>
            <th scope="row" className={rowHead}>
              {index === 0 && formats.day(sale.day)}
            </th>
            <td className={rowHead}>{index === 0 && t(`billing.platform.category.${sale.category}`)}</td>
            <td className={numberCell}>{index === 0 && formats.integer(sale.transactions)}</td>
            <td className={numberCell}>{formats.rate(rate.basisPoints)}</td>
            <td className={numberCell}>
              <Money cents={rate.exclCents} />
            </td>
            <td className={numberCell}>
              <Money cents={rate.vatCents} />
            </td>
          </tr>
        )),
      )}
    </Figures>
  )
}

function Abroad({ invoices }: { invoices: NonNullable<PlatformReport['invoices']> }) {
  const t = useMessages()
  const formats = useFormats()
  return (
    <Figures
      title={t('billing.platform.report.invoices')}
      heads={
        <>
          {(['number', 'day', 'country'] as const).map((column) => (
            <th key={column} scope="col" className={textHead}>
              {t(`billing.platform.report.${column}`)}
            </th>
          ))}
          {(['excl', 'vat'] as const).map((column) => (
            <th key={column} scope="col" className={numberHead}>
              {t(`billing.platform.report.${column}`)}
            </th>
          ))}
        </>
      }
    >
      {invoices.map((invoice) => (
        <tr key={invoice.invoiceId}>
          <th scope="row" className={rowHead}>
            <TextLink to={invoiceTo(invoice.invoiceId)}>{invoice.number}</TextLink>
          </th>
          <td className={rowHead}>{formats.day(invoice.issuedOn)}</td>
          <td className={rowHead}>{invoice.country}</td>
          <td className={numberCell}>
            <Money cents={invoice.exclCents} />
          </td>
          <td className={numberCell}>
            <Money cents={invoice.vatCents} />
          </td>
        </tr>
      ))}
    </Figures>
  )
}

function Payments({ payments }: { payments: NonNullable<PlatformReport['payments']> }) {
  const t = useMessages()
  const formats = useFormats()
  return (
    <Figures
      title={t('billing.platform.report.payments')}
      heads={
        <>
          <th scope="col" className={textHead}>
            {t('billing.platform.report.day')}
          </th>
          {(['rate', 'amount'] as const).map((column) => (
            <th key={column} scope="col" className={numberHead}>
              {t(`billing.platform.report.${column}`)}
            </th>
          ))}
        </>
      }
    >
      {payments.flatMap(({ day, rates }) =>
        rates.map((rate, index) => (
          <tr key={`${day} ${rate.basisPoints}`}>
            <th scope="row" className={rowHead}>
              {index === 0 && formats.day(day)}
            </th>
            <td className={numberCell}>{formats.rate(rate.basisPoints)}</td>
            <td className={numberCell}>
              <Money cents={rate.amountCents} />
            </td>
          </tr>
        )),
      )}
    </Figures>
  )
}
