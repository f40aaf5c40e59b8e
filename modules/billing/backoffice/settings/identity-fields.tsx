import { Checkbox } from '#platform/ui/checkbox.tsx'
import { Field } from '#platform/ui/field.tsx'
import { Input, Textarea } from '#platform/ui/input.tsx'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { useState } from 'react'
import { centsIn, typedCents } from '../editor/typed.ts'
import type { FieldsProps } from './setting-form.tsx'

export function IdentityFields({ content, onChange }: FieldsProps<'identity'>) {
  const t = useMessages()
  const { language } = useFormats()
  const [capital, setCapital] = useState(
    content.capitalCents === null ? '' : typedCents(content.capitalCents, language),
  )
  const set = (part: Partial<typeof content>) => onChange({ ...content, ...part })
  const address = (part: Partial<typeof content.address>) => set({ address: { ...content.address, ...part } })
  const setSiren = (siren: string) => {
    const digits = siren.replaceAll(/[\s.]/g, '')
    const was = content.siren.replaceAll(/[\s.]/g, '')
    // What follows from the SIREN follows it, unless somebody said otherwise.
    const follows = content.electronicAddress.value === was
    set({ siren, ...(follows && { electronicAddress: { scheme: '0225', value: digits } }) })
  }
  return (
    <>
      <Field name="content.name" label={t('billing.settings.identity.name')}>
        <Input value={content.name} maxLength={120} onChange={(name) => set({ name })} />
      </Field>
      <Field label={t('billing.settings.identity.sole')} inline>
        <Checkbox checked={content.soleTrader} onChange={(soleTrader) => set({ soleTrader })} />
      </Field>
      {!content.soleTrader && (
        <div className="grid gap-4 sm:grid-cols-2">
          <Field name="content.legalForm" label={t('billing.settings.identity.form')}>
            <Input value={content.legalForm} maxLength={40} onChange={(legalForm) => set({ legalForm })} />
          </Field>
          <Field
            name="content.capitalCents"
            label={t('billing.settings.identity.capital')}
            optional
            error={
              capital !== '' && centsIn(capital) === null
                ? t('billing.settings.identity.capital.wrong')
                : undefined
            }
          >
            <Input
              value={capital}
              inputMode="decimal"
              onChange={(typed) => {
                setCapital(typed)
                set({ capitalCents: typed.trim() === '' ? null : centsIn(typed) })
              }}
            />
          </Field>
        </div>
      )}
      <div className="grid gap-4 sm:grid-cols-2">
        <Field name="content.siren" label={t('billing.settings.identity.siren')}>
          <Input value={content.siren} inputMode="numeric" onChange={setSiren} />
        </Field>
        <Field name="content.siret" label={t('billing.settings.identity.siret')} optional>
          <Input
            value={content.siret ?? ''}
            inputMode="numeric"
            onChange={(siret) => set({ siret: siret === '' ? null : siret })}
          />
        </Field>
        <Field name="content.vatNumber" label={t('billing.settings.identity.vat')} optional>
          <Input
            value={content.vatNumber ?? ''}
            onChange={(vatNumber) => set({ vatNumber: vatNumber === '' ? null : vatNumber })}
          />
        </Field>
        <Field name="content.rcsCity" label={t('billing.settings.identity.rcs')} optional>
          <Input
            value={content.rcsCity ?? ''}
            onChange={(rcsCity) => set({ rcsCity: rcsCity === '' ? null : rcsCity })}
          />
        </Field>
      </div>
      <Field name="content.address.lines" label={t('billing.settings.identity.street')}>
        <Textarea
          rows={2}
          value={content.address.lines.join('\n')}
          onChange={(typed) => address({ lines: typed.split('\n').slice(0, 3) })}
        />
      </Field>
      <div className="grid gap-4 sm:grid-cols-[8rem_minmax(0,1fr)]">
        <Field name="content.address.postcode" label={t('billing.settings.identity.postcode')}>
          <Input
            value={content.address.postcode}
            inputMode="numeric"
            onChange={(postcode) => address({ postcode })}
          />
        </Field>
        <Field name="content.address.city" label={t('billing.settings.identity.city')}>
          <Input value={content.address.city} onChange={(city) => address({ city })} />
        </Field>
      </div>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field name="content.email" label={t('billing.settings.identity.email')}>
          <Input value={content.email} type="email" onChange={(email) => set({ email })} />
        </Field>
        <Field name="content.phone" label={t('billing.settings.identity.phone')} optional>
          <Input
            value={content.phone ?? ''}
            type="tel"
            onChange={(phone) => set({ phone: phone === '' ? null : phone })}
          />
        </Field>
      </div>
      <Field
        name="content.electronicAddress.value"
        label={t('billing.settings.identity.electronic')}
        help={t('billing.settings.identity.electronic.help')}
      >
        <Input
          value={content.electronicAddress.value}
          onChange={(value) => set({ electronicAddress: { scheme: '0225', value } })}
        />
      </Field>
    </>
  )
}
