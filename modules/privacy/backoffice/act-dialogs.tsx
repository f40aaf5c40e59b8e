import { useState } from 'react'
import {
  checkIdentity,
  deadlineFor,
  demandIdentityProof,
  extendPrivacyRequest,
  identityMethods,
  monthsWhenExtended,
  type PrivacyRequest,
  reopenPrivacyRequest,
} from '#contract/privacy'
import { ActDialog } from '#platform/ui/act-dialog.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { Field } from '#platform/ui/field.tsx'
import { Input, Textarea } from '#platform/ui/input.tsx'
import { type MessageKey, useFormats, useMessages } from '#platform/ui/messages.tsx'
import { Select } from '#platform/ui/select.tsx'
import { notify } from '#platform/ui/toast.tsx'
import { today } from './today.ts'

export type ActProps = { request: PrivacyRequest; onClose: () => void }

/** How one made sure who the person is. */
export function IdentityDialog({ request, onClose }: ActProps) {
  const t = useMessages()
  const [method, setMethod] = useState<(typeof identityMethods)[number]>('account')
  const [checkedOn, setCheckedOn] = useState(today)
  const [note, setNote] = useState('')
  const check = useEndpoint(checkIdentity, { onSuccess: useDone('privacy.identity.done', onClose) })
  return (
    <ActDialog
      title={t('privacy.identity.title')}
      description={t('privacy.identity.help')}
      action={t('privacy.identity.save')}
      running={check.isPending}
      error={check.error}
      onSubmit={() => check.mutate({ params: { id: request.id }, body: { method, checkedOn, note } })}
      onClose={onClose}
    >
      <Field name="method" label={t('privacy.identity.method')}>
        <Select
          options={identityMethods.map((one) => ({ value: one, label: t(`privacy.identity.method.${one}`) }))}
          value={method}
          onChange={setMethod}
        />
      </Field>
      <Field name="checkedOn" label={t('privacy.identity.on')}>
        <Input type="date" max={today()} value={checkedOn} onChange={setCheckedOn} />
      </Field>
      <Field name="note" label={t('privacy.identity.note')} optional>
        <Textarea value={note} onChange={setNote} rows={2} maxLength={4_000} />
      </Field>
    </ActDialog>
  )
}

/** The person was asked to prove who they are. */
export function DemandDialog({ request, onClose }: ActProps) {
  const t = useMessages()
  const [demandedOn, setDemandedOn] = useState(today)
  const [note, setNote] = useState('')
  const demand = useEndpoint(demandIdentityProof, { onSuccess: useDone('privacy.demand.done', onClose) })
  return (
    <ActDialog
      title={t('privacy.demand.title')}
      description={t('privacy.demand.help')}
      action={t('privacy.demand.save')}
      running={demand.isPending}
      error={demand.error}
      onSubmit={() => demand.mutate({ params: { id: request.id }, body: { demandedOn, note } })}
      onClose={onClose}
    >
      <Field name="demandedOn" label={t('privacy.demand.on')}>
        <Input type="date" max={today()} value={demandedOn} onChange={setDemandedOn} />
      </Field>
      <Field name="note" label={t('privacy.demand.note')} help={t('privacy.note.help')}>
        <Textarea value={note} onChange={setNote} rows={3} maxLength={4_000} />
      </Field>
    </ActDialog>
  )
}

/** Says what the new deadline will be, and what makes it lawful. */
export function ExtensionDialog({ request, onClose }: ActProps) {
  const t = useMessages()
  const formats = useFormats()
  const [toldOn, setToldOn] = useState(() => (today() < request.firstDueOn ? today() : request.firstDueOn))
  const [reason, setReason] = useState('')
  const extend = useEndpoint(extendPrivacyRequest, { onSuccess: useDone('privacy.extend.done', onClose) })
  return (
    <ActDialog
      title={t('privacy.extend.title')}
      description={t('privacy.extend.intro', {
        day: formats.day(deadlineFor(request.receivedOn, monthsWhenExtended).on),
        told: formats.day(request.firstDueOn),
      })}
      action={t('privacy.extend.save')}
      running={extend.isPending}
      error={extend.error}
      onSubmit={() => extend.mutate({ params: { id: request.id }, body: { toldOn, reason } })}
      onClose={onClose}
    >
      <Field name="toldOn" label={t('privacy.extend.on')}>
        <Input type="date" max={request.firstDueOn} value={toldOn} onChange={setToldOn} />
      </Field>
      <Field name="reason" label={t('privacy.extend.reason')} help={t('privacy.note.help')}>
        <Textarea value={reason} onChange={setReason} rows={3} maxLength={4_000} />
      </Field>
    </ActDialog>
  )
}

export function ReopenDialog({ request, onClose }: ActProps) {
  const t = useMessages()
  const [reason, setReason] = useState('')
  const reopen = useEndpoint(reopenPrivacyRequest, { onSuccess: useDone('privacy.reopen.done', onClose) })
  return (
    <ActDialog
      title={t('privacy.reopen.title', { number: String(request.number) })}
      description={t('privacy.reopen.help')}
      action={t('privacy.reopen')}
      running={reopen.isPending}
      error={reopen.error}
      onSubmit={() => reopen.mutate({ params: { id: request.id }, body: { reason } })}
      onClose={onClose}
    >
      <Field name="reason" label={t('privacy.reopen.reason')} help={t('privacy.note.help')}>
        <Textarea value={reason} onChange={setReason} rows={3} maxLength={4_000} />
      </Field>
    </ActDialog>
  )
}

/** What follows an act that was done: it is said, and its dialog leaves. */
export function useDone(title: MessageKey, onClose: () => void): () => void {
  const t = useMessages()
  return () => {
    notify.done({ title: t(title) })
    onClose()
  }
}
