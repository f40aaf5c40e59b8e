import { TriangleAlert } from 'lucide-react'
import { channels, requestKinds } from '#contract/privacy'
import { Field } from '#platform/ui/field.tsx'
import { Input, Textarea } from '#platform/ui/input.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { Select } from '#platform/ui/select.tsx'
import { ClientChoice } from './client-choice.tsx'
import { DeadlinePreview } from './deadline-preview.tsx'
import type { Draft } from './request-draft.ts'
import { today } from './today.ts'

type RequestFieldsProps = {
  draft: Draft
  onChange: (draft: Draft) => void
  /** Required fields found empty when saving was tried. */
  missing: readonly string[]
}

/** What is known of a request when it comes: who asks what, since when, and how it reached the house. */
export function RequestFields({ draft, onChange, missing }: RequestFieldsProps) {
  const t = useMessages()
  const set = (part: Partial<Draft>) => onChange({ ...draft, ...part })
  const wanting = (name: string, sentence: string) => (missing.includes(name) ? sentence : undefined)
  return (
    <>
      <div className="grid gap-x-4 gap-y-3.5 sm:grid-cols-2">
        <Field name="kind" label={t('privacy.kind')} help={t('privacy.form.kind.help')}>
          <Select
            options={requestKinds.map((kind) => ({ value: kind, label: t(`privacy.kind.long.${kind}`) }))}
            value={draft.kind}
            onChange={(kind) => set({ kind })}
          />
        </Field>
        <Field name="channel" label={t('privacy.form.channel')}>
          <Select
            options={channels.map((channel) => ({ value: channel, label: t(`privacy.channel.${channel}`) }))}
            value={draft.channel}
            onChange={(channel) => set({ channel })}
          />
        </Field>
      </div>
      <Field name="clientId" label={t('privacy.form.client')} help={t('privacy.form.client.help')} optional>
        <ClientChoice value={draft.clientId} onChange={(clientId) => set({ clientId })} />
      </Field>
      {draft.clientId === null && (
        <div className="grid gap-x-4 gap-y-3.5 sm:grid-cols-2">
          <Field
            name="name"
            label={t('privacy.form.name')}
            error={wanting('name', t('fields.person_missing'))}
          >
            <Input value={draft.name} onChange={(name) => set({ name })} maxLength={240} autoComplete="off" />
          </Field>
          <Field name="email" label={t('privacy.form.email')} optional>
            <Input
              type="email"
              value={draft.email}
              onChange={(email) => set({ email })}
              maxLength={254}
              autoComplete="off"
            />
          </Field>
        </div>
      )}
      <div className="grid items-start gap-x-4 gap-y-3.5 sm:grid-cols-2">
        <Field
          name="receivedOn"
          label={t('privacy.form.received')}
          help={t('privacy.form.received.help')}
          error={wanting('receivedOn', t('privacy.form.day-missing'))}
        >
          <Input
            type="date"
            min="2018-05-25"
            max={today()}
            value={draft.receivedOn}
            onChange={(receivedOn) => set({ receivedOn })}
          />
        </Field>
        <DeadlinePreview receivedOn={draft.receivedOn} />
      </div>
      <Field
        name="wording"
        label={t('privacy.form.wording')}
        error={wanting('wording', t('fields.wording_missing'))}
        help={t('privacy.form.wording.help')}
      >
        <Textarea value={draft.wording} onChange={(wording) => set({ wording })} rows={5} maxLength={4_000} />
      </Field>
      <NoHealthData />
    </>
  )
}

/** The register is read by many, and sealed against none of them. */
function NoHealthData() {
  const t = useMessages()
  return (
    <p className="flex gap-2 rounded-control bg-warning-soft px-3 py-2 text-13 text-warning-ink">
      <TriangleAlert aria-hidden size={16} className="mt-0.5 shrink-0" />
      {t('privacy.form.no-health')}
    </p>
  )
}
