import { useState } from 'react'
import { type Due, type DueRef, listDues, paymentMethods, recordPayment } from '#contract/fees'
import { problemsByField } from '#platform/ui/api-error.ts'
import { Button } from '#platform/ui/button.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { Field } from '#platform/ui/field.tsx'
import { FormErrors } from '#platform/ui/form.tsx'
import { Input } from '#platform/ui/input.tsx'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { Problem } from '#platform/ui/problem.tsx'
import { Problems } from '#platform/ui/problems.ts'
import { Select } from '#platform/ui/select.tsx'
import { Skeleton } from '#platform/ui/skeleton.tsx'
import { ErrorState } from '#platform/ui/states.tsx'
import { notify } from '#platform/ui/toast.tsx'
import { DueChoice } from './due-choice.tsx'
import { keptMethod, keepMethod } from './kept-method.ts'
import { firstChosen, sumOf } from './pay-draft.ts'
import { useUndoPayment } from './use-undo-payment.ts'

type PayFormProps = { patientId: string; dues: readonly DueRef[] | undefined; onClose: () => void }

const most = 100

export function PayForm({ patientId, dues, onClose }: PayFormProps) {
  const t = useMessages()
  const owed = useEndpoint(listDues, { query: { patient: patientId, state: 'owed', limit: most } })
  const planned = useEndpoint(listDues, { query: { patient: patientId, state: 'planned', limit: most } })
  const error = owed.error ?? planned.error
  if (error && !(owed.data && planned.data))
    return <ErrorState error={error} onRetry={() => Promise.all([owed.refetch(), planned.refetch()])} />
  if (!owed.data || !planned.data) return <Skeleton height={180} width="100%" />
  const rows = [...owed.data.rows, ...planned.data.rows]
  if (rows.length === 0) return <p className="text-13 text-ink-muted">{t('fees.pay.nothing')}</p>
  return <Fields rows={rows} today={owed.data.today} patientId={patientId} dues={dues} onClose={onClose} />
}

function Fields({
  rows: found,
  today,
  patientId,
  dues,
  onClose,
}: PayFormProps & { rows: readonly Due[]; today: string }) {
  const t = useMessages()
  const formats = useFormats()
  // One name for one payment: pressed twice, or sent again after the answer was lost, it is written down once.
  const [requestId] = useState(() => crypto.randomUUID())
  // What news change meanwhile does not slip away under the hand: the server says who was faster.
  const [rows] = useState(found)
  const [chosen, setChosen] = useState(() => firstChosen(rows, dues))
  const [typed, setTyped] = useState<string | null>(null)
  const [method, setMethod] = useState(keptMethod)
  const [receivedOn, setReceivedOn] = useState(today)
  const [reference, setReference] = useState('')
  const [tried, setTried] = useState(false)
  const { lines, leftCents, amount, cents, problem } = sumOf(rows, chosen, typed)
  const undo = useUndoPayment()
  const record = useEndpoint(recordPayment, {
    onSuccess: (payment) => {
      keepMethod(payment.method)
      notify.done({
        title: t('fees.pay.done', { amount: formats.money(payment.cents) }),
        undo: () => undo.mutate({ params: { id: payment.id } }),
      })
      onClose()
    },
  })
  const submit = () => {
    setTried(true)
    if (problem || cents === null || record.isPending) return
    record.mutate({
      body: {
        requestId,
        patientId,
        cents,
        method,
        receivedOn,
        reference,
        dues: lines.map(({ kind, id }) => ({ kind, id })),
      },
    })
  }
  const left = formats.money(leftCents)
  const wrong = tried && problem?.startsWith('amount.') ? t(`fees.pay.${problem}`, { left }) : undefined
  return (
    <Problems value={problemsByField(record.error)}>
      <form
        noValidate
        aria-busy={record.isPending}
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault()
          event.stopPropagation()
          submit()
        }}
      >
        {record.error && <FormErrors error={record.error} />}
        <DueChoice
          rows={rows}
          chosen={chosen}
          onChange={(next) => {
            setChosen(next)
            // What was typed was for other lines.
            setTyped(null)
          }}
        />
        {(problem === 'practitioners' || (tried && problem === 'none-chosen')) && (
          <Problem>{t(`fees.pay.${problem}`)}</Problem>
        )}
        <div className="grid gap-4 sm:grid-cols-2">
          <Field
            name="cents"
            label={t('fees.pay.amount')}
            error={wrong}
            help={t('fees.pay.amount.help', { left })}
          >
            <Input inputMode="decimal" value={amount} onChange={setTyped} maxLength={14} />
          </Field>
          <Field name="method" label={t('fees.pay.method')}>
            <Select
              options={paymentMethods.map((value) => ({ value, label: t(`fees.method.${value}`) }))}
              value={method}
              onChange={setMethod}
            />
          </Field>
          <Field name="receivedOn" label={t('fees.pay.on')}>
            <Input type="date" max={today} value={receivedOn} onChange={setReceivedOn} />
          </Field>
          <Field
            name="reference"
            label={t('fees.pay.reference')}
            optional
            help={t('fees.pay.reference.help')}
          >
            <Input value={reference} onChange={setReference} maxLength={120} />
          </Field>
        </div>
        {cents !== null && cents < leftCents && lines.length > 1 && (
          <p className="text-12 text-ink-muted">{t('fees.pay.partly')}</p>
        )}
        <div className="flex flex-wrap justify-end gap-2">
          <Button onClick={onClose}>{t('ui.cancel')}</Button>
          <Button type="submit" variant="primary" loading={record.isPending}>
            {cents === null ? t('fees.pay') : t('fees.pay.submit', { amount: formats.money(cents) })}
          </Button>
        </div>
      </form>
    </Problems>
  )
}
