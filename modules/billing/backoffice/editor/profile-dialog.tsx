import { useState } from 'react'
import {
  audiences,
  type BillingProfile,
  type PaymentMeans,
  paymentMeans,
  saveBillingProfile,
} from '#contract/billing'
import { ActDialog } from '#platform/ui/act-dialog.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { Field } from '#platform/ui/field.tsx'
import { Input, Textarea } from '#platform/ui/input.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { Select } from '#platform/ui/select.tsx'
import { notify } from '#platform/ui/toast.tsx'
import { draftOfProfile, type ProfileDraft, profileOf } from './profile-draft.ts'

type ProfileDialogProps = { clientId: string; profile: BillingProfile; onClose: () => void }

/** How a client is invoiced, where that differs from what the client's page says. */
export function ProfileDialog({ clientId, profile, onClose }: ProfileDialogProps) {
  const t = useMessages()
  const [draft, setDraft] = useState(() => draftOfProfile(profile))
  const save = useEndpoint(saveBillingProfile, {
    onSuccess: () => {
      notify.done({ title: t('billing.editor.profile.saved') })
      onClose()
    },
  })
  const set = (part: Partial<ProfileDraft>) => setDraft({ ...draft, ...part })
  const text = (name: keyof ProfileDraft) => ({
    value: draft[name],
    onChange: (value: string) => set({ [name]: value }),
  })
  const business = draft.audience === 'business'
  return (
    <ActDialog
      wide
      title={t('billing.editor.profile')}
      description={t('billing.editor.profile.help')}
      action={t('billing.editor.profile.save')}
      running={save.isPending}
      error={save.error}
      onSubmit={() =>
        save.mutate({
          params: { id: clientId },
          body: { ...profileOf(draft, profile), revision: profile.revision },
        })
      }
      onClose={onClose}
    >
      <div className="grid gap-x-4 gap-y-3.5 sm:grid-cols-2">
        <Field name="audience" label={t('billing.editor.audience')} help={t('billing.editor.audience.help')}>
          <Select
            options={audiences.map((value) => ({ value, label: t(`billing.editor.audience.${value}`) }))}
            value={draft.audience}
            onChange={(audience) => set({ audience })}
          />
        </Field>
        <Field name="legalName" label={t('billing.editor.profile.name')} optional>
          <Input maxLength={200} {...text('legalName')} />
        </Field>
        {business && (
          <>
            <Field name="siren" label={t('billing.editor.siren-label')} optional>
              <Input inputMode="numeric" maxLength={20} {...text('siren')} />
            </Field>
            <Field name="siret" label={t('billing.editor.siret-label')} optional>
              <Input inputMode="numeric" maxLength={20} {...text('siret')} />
            </Field>
            <Field name="vatNumber" label={t('billing.editor.profile.vat-number')} optional>
              <Input maxLength={20} {...text('vatNumber')} />
            </Field>
            <Field
              name="electronicAddress"
              label={t('billing.editor.profile.electronic')}
              help={t('billing.editor.profile.electronic.help')}
              optional
            >
              <Input maxLength={100} {...text('electronicAddress')} />
            </Field>
          </>
        )}
        <Field name="email" label={t('billing.editor.profile.email')} optional>
          <Input type="email" autoComplete="off" maxLength={254} {...text('email')} />
        </Field>
        <Field
          name="address.lines"
          label={t('billing.editor.profile.address')}
          help={t('billing.editor.profile.address.help')}
          optional
        >
          <Textarea rows={2} {...text('lines')} />
        </Field>
        <Field name="address.postcode" label={t('billing.editor.profile.postcode')} optional>
          <Input maxLength={20} {...text('postcode')} />
        </Field>
        <Field name="address.city" label={t('billing.editor.profile.city')} optional>
          <Input maxLength={100} {...text('city')} />
        </Field>
        <Field name="paymentDays" label={t('billing.editor.payment-days')} optional>
          <Input inputMode="numeric" maxLength={2} {...text('paymentDays')} />
        </Field>
        <Field name="paymentMeans" label={t('billing.editor.means')}>
          <Select<PaymentMeans | 'usual'>
            options={[
              { value: 'usual', label: t('billing.editor.profile.means.usual') },
              ...paymentMeans.map((value) => ({ value, label: t(`billing.method.${value}`) })),
            ]}
            value={draft.paymentMeans || 'usual'}
            onChange={(value) => set({ paymentMeans: value === 'usual' ? '' : value })}
          />
        </Field>
        <Field name="language" label={t('billing.editor.profile.language')}>
          <Select<'fr' | 'en'>
            options={[
              { value: 'fr', label: 'Français' },
              { value: 'en', label: 'English' },
            ]}
            value={draft.language}
            onChange={(language) => set({ language })}
          />
        </Field>
      </div>
    </ActDialog>
  )
}
