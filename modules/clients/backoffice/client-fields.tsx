import { useState } from 'react'
import { clientKinds, clientStatuses } from '#contract/clients'
import type { ApiError } from '#platform/ui/api-error.ts'
import { Combobox } from '#platform/ui/combobox.tsx'
import { Field } from '#platform/ui/field.tsx'
import { Input, Textarea } from '#platform/ui/input.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { Select } from '#platform/ui/select.tsx'
import { departmentOfPostalCode, departmentOptions } from './department-name.ts'
import type { Draft, DraftField } from './draft.ts'
import { useAccountManagers } from './account-managers.ts'
import { Section } from './form-section.tsx'
import { EmailOwner, emailTakenBy } from './email-taken.tsx'
import { problemInWords } from './problem-words.ts'

type ClientFieldsProps = {
  draft: Draft
  onChange: (draft: Draft) => void
  /** Codes found when saving was tried; a field is judged again when it is left. */
  problems: Partial<Record<DraftField, string>>
  onJudge: (field: DraftField) => void
  /** What saving ran into. */
  error: ApiError | null
  /** The subscription says when they pay next. */
  subscribed?: boolean
}

/** What one knows of a client, the little that is needed first. */
export function ClientFields({
  draft,
  onChange,
  problems,
  onJudge,
  error,
  subscribed = false,
}: ClientFieldsProps) {
  const t = useMessages()
  // A department that was derived follows the postal code; one that was chosen stays.
  const [derived, setDerived] = useState(draft.department === '')
  const set = (change: Partial<Draft>) => onChange({ ...draft, ...change })
  const taken = emailTakenBy(error)
  const managers = useAccountManagers().choices(draft.accountManagerId)
  const field = (name: DraftField) => ({
    name,
    error: problems[name] && problemInWords(problems[name], t),
  })
  const control = (name: Exclude<DraftField, 'kind' | 'status'>) => ({
    value: draft[name],
    onChange: (value: string) => set({ [name]: value }),
    onBlur: () => onJudge(name),
    autoComplete: 'off',
  })
  return (
    <>
      <Section title={t('clients.card.identity')}>
        <Field {...field('lastName')} label={t('clients.last-name')}>
          {/* The page has one purpose, which begins here. */}
          {/* oxlint-disable-next-line jsx-a11y/no-autofocus */}
          <Input {...control('lastName')} maxLength={120} autoFocus />
        </Field>
        <Field {...field('firstName')} label={t('clients.first-name')} optional>
          <Input {...control('firstName')} maxLength={120} />
        </Field>
        <Field
          {...field('email')}
          {...(taken && { error: taken.sentence })}
          label={t('clients.email')}
          help={taken?.owner ? <EmailOwner owner={taken.owner} /> : t('clients.email.help')}
        >
          <Input {...control('email')} type="email" maxLength={254} spellCheck={false} />
        </Field>
        <Field {...field('phone')} label={t('clients.phone')} optional>
          <Input {...control('phone')} type="tel" maxLength={32} />
        </Field>
        <Field {...field('status')} label={t('clients.status')}>
          <Select
            value={draft.status}
            onChange={(status) => set({ status })}
            options={clientStatuses.map((value) => ({ value, label: t(`clients.status.${value}`) }))}
          />
        </Field>
        <Field {...field('kind')} label={t('clients.kind')}>
          <Select
            value={draft.kind}
            onChange={(kind) => set({ kind })}
            options={clientKinds.map((value) => ({ value, label: t(`clients.kind.${value}`) }))}
          />
        </Field>
      </Section>
      <Section title={t('clients.card.address')} columns={3}>
        <div className="sm:col-span-3">
          <Field {...field('address')} label={t('clients.street')} optional>
            <Textarea {...control('address')} rows={2} maxLength={500} />
          </Field>
        </div>
        <Field {...field('postalCode')} label={t('clients.postal-code')} optional>
          <Input
            {...control('postalCode')}
            maxLength={10}
            inputMode="numeric"
            onChange={(postalCode) => {
              const found = derived ? departmentOfPostalCode(postalCode) : null
              set({ postalCode, ...(found && { department: found }) })
            }}
          />
        </Field>
        <Field {...field('city')} label={t('clients.city')} optional>
          <Input {...control('city')} maxLength={120} />
        </Field>
        <Field {...field('department')} label={t('clients.department')} optional>
          <Combobox
            options={departmentOptions}
            value={departmentOptions.find(({ value }) => value === draft.department)?.value ?? null}
            onChange={(department) => {
              setDerived(department === null)
              set({ department: department ?? '' })
            }}
            placeholder={t('clients.department.find')}
          />
        </Field>
      </Section>
      <Section title={t('clients.card.numbers')} columns={3}>
        <Field {...field('rpps')} label={t('clients.rpps')} help={t('clients.rpps.help')} optional>
          <Input {...control('rpps')} inputMode="numeric" maxLength={20} />
        </Field>
        <Field {...field('adeli')} label={t('clients.adeli')} help={t('clients.adeli.help')} optional>
          <Input {...control('adeli')} maxLength={20} />
        </Field>
        <Field {...field('siret')} label={t('clients.siret')} help={t('clients.siret.help')} optional>
          <Input {...control('siret')} inputMode="numeric" maxLength={30} />
        </Field>
      </Section>
      <Section title={t('clients.card.follow-up')}>
        {!subscribed && (
          <Field {...field('nextPaymentOn')} label={t('clients.next-payment')} optional>
            <Input {...control('nextPaymentOn')} type="date" min="1900-01-01" max="2200-12-31" />
          </Field>
        )}
        <Field
          {...field('accountManagerId')}
          label={t('clients.account-manager')}
          help={t('clients.account-manager.help')}
          optional
        >
          <Combobox
            options={managers}
            value={draft.accountManagerId || null}
            onChange={(accountManagerId) => set({ accountManagerId: accountManagerId ?? '' })}
            placeholder={t('clients.account-manager.none')}
          />
        </Field>
        <Field {...field('origin')} label={t('clients.origin')} help={t('clients.origin.help')} optional>
          <Input {...control('origin')} maxLength={120} />
        </Field>
        <div className="sm:col-span-2">
          <Field
            {...field('internalNote')}
            label={t('clients.internal-note')}
            help={t('clients.internal-note.help')}
            optional
          >
            <Textarea {...control('internalNote')} rows={3} maxLength={5000} />
          </Field>
        </div>
      </Section>
    </>
  )
}
