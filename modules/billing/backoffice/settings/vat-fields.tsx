import { vatRatesInForce, vatRegimes } from '#contract/billing'
import { Checkbox } from '#platform/ui/checkbox.tsx'
import { Field } from '#platform/ui/field.tsx'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { Select } from '#platform/ui/select.tsx'
import type { FieldsProps } from './setting-form.tsx'

export function VatFields({ content, onChange }: FieldsProps<'vat'>) {
  const t = useMessages()
  const formats = useFormats()
  const normal = content.regime === 'normal'
  return (
    <>
      <Field name="content.regime" label={t('billing.settings.vat.regime')}>
        <Select
          options={vatRegimes.map((value) => ({ value, label: t(`billing.settings.vat.regime.${value}`) }))}
          value={content.regime}
          onChange={(regime) =>
            onChange(
              regime === 'normal'
                ? { ...content, regime, defaultBasisPoints: content.defaultBasisPoints || 2_000 }
                : { regime, defaultBasisPoints: 0, onDebits: false },
            )
          }
        />
      </Field>
      {normal && (
        <>
          <Field
            name="content.defaultBasisPoints"
            label={t('billing.settings.vat.default')}
            help={t('billing.settings.vat.default.help')}
          >
            <Select
              options={vatRatesInForce.map((rate) => ({ value: String(rate), label: formats.rate(rate) }))}
              value={String(content.defaultBasisPoints)}
              onChange={(rate) => onChange({ ...content, defaultBasisPoints: Number(rate) })}
            />
          </Field>
          <Field
            name="content.onDebits"
            label={t('billing.settings.vat.debits')}
            help={t('billing.settings.vat.debits.help')}
            inline
          >
            <Checkbox
              checked={content.onDebits}
              onChange={(onDebits) => onChange({ ...content, onDebits })}
            />
          </Field>
        </>
      )}
    </>
  )
}
