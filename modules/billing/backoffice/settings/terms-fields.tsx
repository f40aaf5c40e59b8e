import { useState } from 'react'
import { getRates, penaltyKinds } from '#contract/billing'
import { useEndpoint } from '#platform/ui/data.ts'
import { Field } from '#platform/ui/field.tsx'
import { Input, Textarea } from '#platform/ui/input.tsx'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { Select } from '#platform/ui/select.tsx'
import { centsIn, typedCents } from '../editor/typed.ts'
import type { FieldsProps } from './setting-form.tsx'

export function TermsFields({ content, onChange }: FieldsProps<'terms'>) {
  const t = useMessages()
  const formats = useFormats()
  const { data: rates } = useEndpoint(getRates)
  const set = (part: Partial<typeof content>) => onChange({ ...content, ...part })
  const [days, setDays] = useState(String(content.paymentDays))
  const [rate, setRate] = useState(
    content.penaltyBasisPoints === null ? '' : typedCents(content.penaltyBasisPoints, formats.language),
  )
  const today = rates && {
    ecb_plus_10: rates.halfYear.ecbRefi && rates.halfYear.ecbRefi.basisPoints + 1_000,
    legal_times_3: rates.halfYear.legal && rates.halfYear.legal.basisPoints * 3,
    fixed: null,
  }
  const now = today?.[content.penaltyKind]
  return (
    <>
      <Field
        name="content.paymentDays"
        label={t('billing.settings.terms.days')}
        help={t('billing.settings.terms.days.help')}
      >
        <Input
          type="number"
          min={0}
          max={60}
          value={days}
          onChange={(typed) => {
            setDays(typed)
            set({ paymentDays: typed === '' ? -1 : Number(typed) })
          }}
        />
      </Field>
      <Field
        name="content.discountTerms"
        label={t('billing.settings.terms.discount')}
        help={t('billing.settings.terms.discount.help')}
      >
        <Input
          value={content.discountTerms}
          maxLength={200}
          onChange={(discountTerms) => set({ discountTerms })}
        />
      </Field>
      <Field
        name="content.penaltyKind"
        label={t('billing.settings.terms.penalty')}
        help={now != null ? t('billing.settings.terms.penalty.now', { rate: formats.rate(now) }) : undefined}
      >
        <Select
          options={penaltyKinds.map((value) => ({
            value,
            label: t(`billing.settings.terms.penalty.${value}`),
          }))}
          value={content.penaltyKind}
          onChange={(penaltyKind) =>
            set({
              penaltyKind,
              penaltyBasisPoints: penaltyKind === 'fixed' ? centsIn(rate) : null,
            })
          }
        />
      </Field>
      {content.penaltyKind === 'fixed' && (
        <Field
          name="content.penaltyBasisPoints"
          label={t('billing.settings.terms.rate')}
          help={
            today?.legal_times_3 != null
              ? t('billing.settings.terms.rate.least', { rate: formats.rate(today.legal_times_3) })
              : undefined
          }
        >
          <Input
            value={rate}
            inputMode="decimal"
            onChange={(typed) => {
              setRate(typed)
              set({ penaltyBasisPoints: centsIn(typed) })
            }}
          />
        </Field>
      )}
      <p className="text-12 text-ink-muted">{t('billing.settings.terms.indemnity.help')}</p>
      <Field name="content.confidentiality" label={t('billing.settings.terms.confidentiality')} optional>
        <Textarea
          rows={2}
          maxLength={500}
          value={content.confidentiality ?? ''}
          onChange={(confidentiality) =>
            set({ confidentiality: confidentiality === '' ? null : confidentiality })
          }
        />
      </Field>
      <Field name="content.note" label={t('billing.settings.terms.note')} optional>
        <Textarea rows={2} maxLength={1000} value={content.note} onChange={(note) => set({ note })} />
      </Field>
    </>
  )
}
