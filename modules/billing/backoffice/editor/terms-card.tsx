import { type PaymentMeans, paymentMeans } from '#contract/billing'
import { Card } from '#platform/ui/card.tsx'
import { Field } from '#platform/ui/field.tsx'
import { Input, Textarea } from '#platform/ui/input.tsx'
import { type MessageKey, useMessages } from '#platform/ui/messages.tsx'
import { Select } from '#platform/ui/select.tsx'
import type { EditedDocument } from './edited-document.ts'
import type { InvoiceTerms } from './invoice-terms.ts'

type TermsCardProps = {
  terms: InvoiceTerms
  document: Pick<EditedDocument, 'orderReference' | 'note'>
  /** In words, by the field's name. */
  problems: ReadonlyMap<string, string>
  isCreditNote: boolean
  setTerms: (part: Partial<InvoiceTerms>) => void
  set: (part: Partial<Pick<EditedDocument, 'orderReference' | 'note'>>) => void
}

/** Days, period, how it is paid, and what is printed below the lines. */
export function TermsCard({ terms, document, problems, isCreditNote, setTerms, set }: TermsCardProps) {
  const t = useMessages()
  const day = (name: 'wantedOn' | 'suppliedOn' | 'from' | 'until', label: MessageKey, help?: MessageKey) => (
    <Field label={t(label)} name={name} error={problems.get(name)} optional {...(help && { help: t(help) })}>
      <Input type="date" value={terms[name]} onChange={(value) => setTerms({ [name]: value })} />
    </Field>
  )
  const byProfile = t('billing.editor.means.usual')
  return (
    <Card title={t('billing.editor.terms')}>
      <div className="grid gap-x-4 gap-y-3.5 sm:grid-cols-2">
        {day('wantedOn', 'billing.editor.wanted-on', 'billing.editor.wanted-on.help')}
        {!isCreditNote && (
          <Field
            label={t('billing.editor.payment-days')}
            name="paymentDays"
            error={problems.get('paymentDays')}
            help={t('billing.editor.payment-days.help')}
            optional
          >
            <Input
              inputMode="numeric"
              maxLength={2}
              value={terms.paymentDays}
              onChange={(paymentDays) => setTerms({ paymentDays: paymentDays.trim() })}
            />
          </Field>
        )}
        {day('from', 'billing.editor.period-from')}
        {day('until', 'billing.editor.period-until')}
        {day('suppliedOn', 'billing.editor.supplied-on', 'billing.editor.supplied-on.help')}
        <Field label={t('billing.editor.means')} name="paymentMeans" error={problems.get('paymentMeans')}>
          <Select<PaymentMeans | 'usual'>
            options={[
              { value: 'usual', label: byProfile },
              ...paymentMeans.map((value) => ({ value, label: t(`billing.method.${value}`) })),
            ]}
            value={terms.paymentMeans || 'usual'}
            onChange={(value) => setTerms({ paymentMeans: value === 'usual' ? '' : value })}
          />
        </Field>
        <OrderReference document={document} set={set} />
      </div>
      <PrintedNote document={document} set={set} />
    </Card>
  )
}

type TextProps = Pick<TermsCardProps, 'document' | 'set'>

export function OrderReference({ document, set }: TextProps) {
  const t = useMessages()
  return (
    <Field
      label={t('billing.editor.order-reference')}
      name="orderReference"
      help={t('billing.editor.order-reference.help')}
      optional
    >
      <Input
        maxLength={100}
        value={document.orderReference}
        onChange={(orderReference) => set({ orderReference })}
      />
    </Field>
  )
}

export function PrintedNote({ document, set }: TextProps) {
  const t = useMessages()
  return (
    <div className="mt-3.5">
      <Field label={t('billing.editor.printed-note')} name="note" optional>
        <Textarea rows={3} maxLength={2000} value={document.note} onChange={(note) => set({ note })} />
      </Field>
    </div>
  )
}
