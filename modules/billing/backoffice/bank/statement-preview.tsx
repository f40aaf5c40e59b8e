import { FileInput } from 'lucide-react'
import { useState } from 'react'
import {
  bankColumns,
  type BankFilePreview,
  type BankLayout,
  importBankFile,
  previewBankFile,
} from '#contract/billing'
import { Button } from '#platform/ui/button.tsx'
import { Checkbox } from '#platform/ui/checkbox.tsx'
import { Card } from '#platform/ui/card.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { DateText } from '#platform/ui/date-text.tsx'
import { Field } from '#platform/ui/field.tsx'
import { FormErrors } from '#platform/ui/form.tsx'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { Money } from '#platform/ui/money.tsx'
import { Select } from '#platform/ui/select.tsx'
import { notify } from '#platform/ui/toast.tsx'
import { numberCell, textCell } from '../document-table.ts'
import { endings } from './endings.ts'

type StatementPreviewProps = {
  file: BankFilePreview
  onImported: (id: string) => void
  onClose: () => void
}

/** How the statement is understood, with a choice of columns; nothing is imported before one says so. */
export function StatementPreview({ file, onImported, onClose }: StatementPreviewProps) {
  const t = useMessages()
  const formats = useFormats()
  const [chosen, setChosen] = useState<BankLayout | null>(null)
  const [chosenId, setChosenId] = useState<string | null>(null)
  const [takesForeign, setTakesForeign] = useState(false)
  const asked = useEndpoint(
    previewBankFile,
    {
      params: { id: file.id },
      query: { ...numbersOf(chosen ?? {}), ...(chosenId && { accountId: chosenId }) },
    },
    { enabled: chosen !== null || chosenId !== null, keepPrevious: true },
  )
  const shown = asked.data ?? file
  const take = useEndpoint(importBankFile, {
    onSuccess: ({ id, transactions, known }) => {
      notify.done({ title: t('billing.bank.imported', { count: transactions - known }) })
      onImported(id)
    },
  })
  const columns = shown.headings.map((heading, index) => ({
    value: String(index),
    label: heading || t('billing.bank.column', { number: index + 1 }),
  }))
  const foreign = shown.statedAccounts.filter(({ isOurs }) => !isOurs)
  const mayChoose = shown.statedAccounts.length === 0 && shown.accounts.length > 1
  const current = shown.accounts.filter(({ isCurrent }) => isCurrent)
  // Whoever takes the same file once more says so.
  const isClear = current.length === 1 && shown.importedAt === null
  const accountId = chosenId ?? (isClear ? (current[0]?.id ?? null) : null)
  const leavesOut = shown.unreadableCount > 0
  const ready =
    shown.missing.length === 0 &&
    shown.importedAt === null &&
    (!leavesOut || shown.transactions > 0) &&
    (foreign.length === 0 || takesForeign) &&
    (!mayChoose || accountId !== null)
  return (
    <Card title={shown.name} className="mb-4">
      <div className="flex flex-col gap-3">
        {take.error && <FormErrors error={take.error} />}
        <p className="text-13 text-ink-muted tabular-nums">
          {t('billing.bank.file.facts', {
            count: shown.transactions,
            known: shown.known,
            credit: formats.money(shown.creditCents),
            debit: formats.money(Math.abs(shown.debitCents)),
          })}
        </p>
        {shown.statedAccounts.length > 0 && (
          <p className="text-13 tabular-nums">
            {t('billing.bank.file.account', {
              accounts: endings(shown.statedAccounts.map(({ ending }) => ending)),
            })}
          </p>
        )}
        {foreign.length > 0 && (
          <div
            role="alert"
            className="flex flex-col gap-2 rounded-control bg-warning-soft px-3 py-2 text-13 text-warning-ink"
          >
            <p>
              {t('billing.bank.file.foreign', { accounts: endings(foreign.map(({ ending }) => ending)) })}
            </p>
            <label className="flex items-center gap-2">
              <Checkbox checked={takesForeign} onChange={setTakesForeign} />
              {t('billing.bank.file.takes-foreign')}
            </label>
          </div>
        )}
        {mayChoose && (
          <Field label={t('billing.bank.file.which')} name="accountId">
            <Select
              options={shown.accounts.map(({ id, company, ending }) => ({
                value: id,
                label: `${company} · ${endings([ending])}`,
              }))}
              value={accountId}
              onChange={setChosenId}
              placeholder={t('billing.bank.file.which.choose')}
            />
          </Field>
        )}
        {shown.importedAt !== null && (
          <p className="text-13 text-warning-ink">{t('billing.bank.file.twice')}</p>
        )}
        {shown.unreadable.length > 0 && (
          <p role="alert" className="text-13 text-danger-ink">
            {t('billing.bank.file.unreadable', {
              count: shown.unreadableCount,
              rest: shown.transactions,
              lines: [
                ...shown.unreadable.map(({ line, code }) =>
                  t(`billing.bank.file.unreadable.${code}`, { line: formats.integer(line) }),
                ),
                ...(shown.unreadableCount > shown.unreadable.length ? ['…'] : []),
              ].join(', '),
            })}
          </p>
        )}
        {shown.format === 'csv' && (
          <div className="grid grid-cols-2 gap-3 md:grid-cols-4">
            {bankColumns.map((column) => (
              <Field
                key={column}
                label={t(`billing.bank.column.${column}`)}
                error={shown.missing.includes(column) ? t('billing.bank.column.missing') : undefined}
              >
                <Select
                  options={[{ value: 'none', label: t('billing.bank.column.none') }, ...columns]}
                  value={String(shown.layout[column] ?? 'none')}
                  onChange={(value) =>
                    setChosen({
                      ...shown.layout,
                      [column]: value === 'none' ? null : Number(value),
                    })
                  }
                />
              </Field>
            ))}
          </div>
        )}
        {shown.sample.length > 0 && (
          <table
            aria-label={t('billing.bank.sample')}
            className="w-full border-separate border-spacing-0 text-13"
          >
            <tbody>
              {shown.sample.map((line, index) => (
                // Lines of one file stay in their order.
                // oxlint-disable-next-line react/no-array-index-key
                <tr key={index}>
                  <td className={textCell}>
                    <DateText value={line.bookedOn} />
                  </td>
                  <td className={`${textCell} break-words`}>
                    {[line.label, line.counterparty, line.reference].filter(Boolean).join(' · ')}
                  </td>
                  <td className={numberCell}>
                    <Money cents={line.amountCents} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>{t('ui.cancel')}</Button>
          <Button
            variant="primary"
            icon={FileInput}
            disabled={!ready}
            loading={take.isPending || take.isSuccess}
            onClick={() =>
              take.mutate({
                body: {
                  fileId: file.id,
                  takesForeign,
                  leavesOut,
                  ...(chosenId !== null && { accountId: chosenId }),
                  ...(chosen && { layout: chosen }),
                },
              })
            }
          >
            {leavesOut && shown.transactions > 0
              ? t('billing.bank.file.import-others', { count: shown.transactions })
              : t('billing.bank.file.import')}
          </Button>
        </div>
      </div>
    </Card>
  )
}

/** As an address says it: columns that were taken away are left out. */
const numbersOf = (layout: BankLayout) =>
  Object.fromEntries(
    Object.entries(layout).filter(
      (entry): entry is [string, number] => entry[1] !== null && entry[1] !== undefined,
    ),
  )
