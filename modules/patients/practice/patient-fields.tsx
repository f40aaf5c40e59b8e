import { ChevronDown, ChevronRight } from 'lucide-react'
import { type ReactNode, useId, useState } from 'react'
import { getPractice } from '#contract/cabinet'
import { Button } from '#platform/ui/button.tsx'
import { Checkbox } from '#platform/ui/checkbox.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { Field } from '#platform/ui/field.tsx'
import { Input, Textarea } from '#platform/ui/input.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { Select } from '#platform/ui/select.tsx'
import type { Draft } from './draft.ts'
import { OriginField } from './origin-field.tsx'

type PatientFieldsProps = {
  draft: Draft
  onChange: (draft: Draft) => void
  /** Of somebody new, only what is needed is open. */
  folded?: boolean
  /** Stands between what is needed and the rest. */
  children?: ReactNode
}

type Text = Exclude<keyof Draft, 'noSms' | 'noEmail' | 'monSoutienPsy' | 'practitionerId' | 'originId'>

/** What one knows of a patient, the little that is needed first. */
export function PatientFields({ draft, onChange, folded = false, children }: PatientFieldsProps) {
  const t = useMessages()
  const [open, setOpen] = useState(!folded)
  const rest = useId()
  const set = (change: Partial<Draft>) => onChange({ ...draft, ...change })
  const text = (name: Text, maxLength: number) => ({
    value: draft[name],
    onChange: (value: string) => set({ [name]: value }),
    maxLength,
    autoComplete: 'off',
  })
  return (
    <>
      <div className="grid gap-x-4 gap-y-3.5 sm:grid-cols-2">
        <Field name="lastName" label={t('patients.last-name')}>
          {/* Whoever adds somebody begins here; whoever corrects something looks first. */}
          <Input {...text('lastName', 120)} {...(folded && { autoFocus: true })} />
        </Field>
        <Field name="firstName" label={t('patients.first-name')}>
          <Input {...text('firstName', 120)} />
        </Field>
        <Field name="phone" label={t('patients.phone')} optional>
          <Input {...text('phone', 32)} type="tel" inputMode="tel" />
        </Field>
        <Field name="bornOn" label={t('patients.born-on')} optional>
          <Input {...text('bornOn', 10)} type="date" min="1900-01-01" />
        </Field>
      </div>
      {children}
      {folded && (
        <div>
          <Button
            variant="ghost"
            size="small"
            icon={open ? ChevronDown : ChevronRight}
            aria-expanded={open}
            aria-controls={rest}
            onClick={() => setOpen(!open)}
          >
            {t('patients.fields.rest')}
          </Button>
        </div>
      )}
      <div id={rest} hidden={!open} className={open ? 'grid gap-x-4 gap-y-3.5 sm:grid-cols-2' : ''}>
        <Field name="email" label={t('patients.email')} optional>
          <Input {...text('email', 254)} type="email" spellCheck={false} />
        </Field>
        <Field name="birthName" label={t('patients.birth-name')} optional>
          <Input {...text('birthName', 120)} />
        </Field>
        <div className="sm:col-span-2">
          <Field name="address" label={t('patients.address')} optional>
            <Textarea {...text('address', 500)} rows={2} />
          </Field>
        </div>
        <Field name="postcode" label={t('patients.postcode')} optional>
          <Input {...text('postcode', 10)} />
        </Field>
        <Field name="city" label={t('patients.city')} optional>
          <Input {...text('city', 120)} />
        </Field>
        <OriginField value={draft.originId} onChange={(originId) => set({ originId })} />
        <Practitioner value={draft.practitionerId} onChange={(practitionerId) => set({ practitionerId })} />
        <div className="sm:col-span-2">
          <Field name="remark" label={t('patients.remark')} help={t('patients.remark.help')} optional>
            <Textarea {...text('remark', 2_000)} rows={3} />
          </Field>
        </div>
        <div className="flex flex-col gap-2.5 sm:col-span-2">
          <Field name="monSoutienPsy" label={t('patients.mon-soutien-psy.followed')} inline>
            <Checkbox checked={draft.monSoutienPsy} onChange={(monSoutienPsy) => set({ monSoutienPsy })} />
          </Field>
          <Field name="noSms" label={t('patients.no-sms')} inline>
            <Checkbox checked={draft.noSms} onChange={(noSms) => set({ noSms })} />
          </Field>
          <Field name="noEmail" label={t('patients.no-email')} inline>
            <Checkbox checked={draft.noEmail} onChange={(noEmail) => set({ noEmail })} />
          </Field>
        </div>
      </div>
    </>
  )
}

/** Who follows them: asked where several do. */
function Practitioner({ value, onChange }: { value: string; onChange: (id: string) => void }) {
  const t = useMessages()
  const { data } = useEndpoint(getPractice)
  const here = (data?.people ?? []).filter(({ profile }) => profile === 'practitioner')
  if (here.length < 2) return null
  return (
    <Field name="practitionerId" label={t('patients.practitioner')}>
      <Select
        options={here.map(({ memberId, name }) => ({ value: memberId, label: name }))}
        value={value || (data?.me.profile === 'practitioner' ? data.me.memberId : (here[0]?.memberId ?? ''))}
        onChange={onChange}
      />
    </Field>
  )
}
