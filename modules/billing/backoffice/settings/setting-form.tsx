/** A new version of some settings: what it says, from which day on, and how it would look on paper. */
import { useState, type ComponentType } from 'react'
import {
  proposeBank,
  saveBillingSettings,
  type SettingContents,
  type SettingKind,
  type SettingVersion,
} from '#contract/billing'
import type { CallInput } from '#platform/contract/endpoint.ts'
import { useEndpoint } from '#platform/ui/data.ts'
import { Sheet } from '#platform/ui/dialog.tsx'
import { Field } from '#platform/ui/field.tsx'
import { Form } from '#platform/ui/form.tsx'
import { Input } from '#platform/ui/input.tsx'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { notify } from '#platform/ui/toast.tsx'
import type { Settings } from './setting-section.tsx'
import { AppearanceFields } from './appearance-fields.tsx'
import { BankFields } from './bank-fields.tsx'
import { beginnings } from './beginnings.ts'
import { DunningFields } from './dunning-fields.tsx'
import { IdentityFields } from './identity-fields.tsx'
import { nextOn, type NextNumbers } from './next-numbers.ts'
import { NumberingFields } from './numbering-fields.tsx'
import { SettingPreview } from './setting-preview.tsx'
import { TermsFields } from './terms-fields.tsx'
import { VatFields } from './vat-fields.tsx'

export type FieldsProps<Kind extends SettingKind> = {
  content: SettingContents[Kind]
  next: NextNumbers
  onChange: (content: SettingContents[Kind]) => void
}

const fieldsOf: { [Kind in SettingKind]: ComponentType<FieldsProps<Kind>> } = {
  identity: IdentityFields,
  vat: VatFields,
  bank: BankFields,
  terms: TermsFields,
  numbering: NumberingFields,
  appearance: AppearanceFields,
  dunning: DunningFields,
}

type SettingFormProps = {
  kind: SettingKind
  settings: Settings
  /** What it begins from. */
  latest: SettingVersion | null
  /** The first of its kind may have held before today. */
  isFirst: boolean
  onClose: () => void
}

export function SettingForm({ kind, settings, latest, isFirst, onClose }: SettingFormProps) {
  const t = useMessages()
  const formats = useFormats()
  const [begun] = useState(() => ({
    content: latest?.content ?? beginnings[kind],
    inForceFrom: settings.today,
  }))
  const [draft, setDraft] = useState(begun)
  const [saved, setSaved] = useState(false)
  const onSuccess = () => {
    setSaved(true)
    notify.done({
      title: t(kind === 'bank' ? 'billing.settings.proposed' : 'billing.settings.saved', {
        day: formats.day(draft.inForceFrom),
      }),
    })
    onClose()
  }
  const save = useEndpoint(saveBillingSettings, { onSuccess })
  const propose = useEndpoint(proposeBank, { onSuccess })
  const sending = kind === 'bank' ? propose : save
  const send = () => {
    const body = { companyId: settings.company.id, ...draft }
    // Its fields gave it the shape of its kind, and the server reads it anew.
    if (kind === 'bank') propose.mutate({ body } as CallInput<typeof proposeBank>)
    else save.mutate({ body: { kind, ...body } } as CallInput<typeof saveBillingSettings>)
  }
  // The component of a kind takes the content of that kind.
  const Fields = fieldsOf[kind] as ComponentType<{
    content: unknown
    next: NextNumbers
    onChange: (content: unknown) => void
  }>
  return (
    <Sheet
      open
      wide
      onOpenChange={(open) => !open && onClose()}
      title={t(`billing.settings.kind.${kind}`)}
      description={t(kind === 'bank' ? 'billing.settings.bank.help' : 'billing.settings.change.help')}
    >
      <Form
        submit={t(kind === 'bank' ? 'billing.settings.propose' : 'billing.settings.save')}
        onCancel={onClose}
        saving={sending.isPending}
        error={sending.error}
        dirty={!saved && JSON.stringify(draft) !== JSON.stringify(begun)}
        onSubmit={send}
      >
        <Fields
          content={draft.content}
          next={nextOn(draft.inForceFrom || settings.today, settings)}
          onChange={(content) =>
            setDraft({ ...draft, content: content as typeof draft.content /* of the same kind */ })
          }
        />
        <Field
          name="inForceFrom"
          label={t('billing.settings.begins')}
          help={t(isFirst ? 'billing.settings.begins.first' : 'billing.settings.begins.help')}
        >
          <Input
            type="date"
            value={draft.inForceFrom}
            {...(!isFirst && { min: settings.today })}
            onChange={(inForceFrom) => setDraft({ ...draft, inForceFrom })}
          />
        </Field>
        {kind !== 'dunning' && (
          <SettingPreview
            companyId={settings.company.id}
            kind={kind}
            content={draft.content}
            begun={begun.content}
            day={draft.inForceFrom}
          />
        )}
      </Form>
    </Sheet>
  )
}
