import { useState } from 'react'
import { getReminderSettings, type ReminderSettings, updateReminderSettings } from '#contract/reminders'
import { Card } from '#platform/ui/card.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { Field } from '#platform/ui/field.tsx'
import { Form } from '#platform/ui/form.tsx'
import { TextLink } from '#platform/ui/link.tsx'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { PageHeader } from '#platform/ui/page-header.tsx'
import { Select } from '#platform/ui/select.tsx'
import { useMay } from '#platform/ui/session.tsx'
import { Skeleton } from '#platform/ui/skeleton.tsx'
import { ErrorState } from '#platform/ui/states.tsx'
import { notify } from '#platform/ui/toast.tsx'
import { Preview } from './preview.tsx'

/** When reminders leave by themselves, and word for word what they say. */
export function ReminderSettingsPage() {
  const t = useMessages()
  const settings = useEndpoint(getReminderSettings)
  return (
    <>
      <PageHeader title={t('reminders.settings')}>
        <p className="max-w-2xl text-13 text-ink-muted">{t('reminders.set.help')}</p>
      </PageHeader>
      {settings.error && !settings.data ? (
        <ErrorState error={settings.error} onRetry={settings.refetch} />
      ) : settings.data ? (
        <div className="grid max-w-5xl items-start gap-4 lg:grid-cols-2">
          <Card>
            <SettingsForm key={settings.data.revision} settings={settings.data} />
          </Card>
          <Preview settings={settings.data} />
        </div>
      ) : (
        <Skeleton width="100%" height={320} />
      )}
    </>
  )
}

const none = 'none'
const days = [1, 2, 3, 4, 5, 7, 10, 14]
const hours = Array.from({ length: 13 }, (_, index) => index + 8)

function SettingsForm({ settings }: { settings: ReminderSettings }) {
  const t = useMessages()
  const may = useMay()
  const formats = useFormats()
  const { revision, smsAvailable, missing } = settings
  const [draft, setDraft] = useState({
    smsDays: settings.smsDays,
    emailDays: settings.emailDays,
    hour: settings.hour,
  })
  const save = useEndpoint(updateReminderSettings, {
    onSuccess: () => notify.done({ title: t('reminders.set.saved') }),
  })
  const mayChange = may('cabinet.manage')
  const choices = [
    { value: none, label: t('reminders.set.none') },
    ...days.map((count) => ({ value: String(count), label: t('reminders.set.days', { days: count }) })),
  ]
  const pick = (name: 'smsDays' | 'emailDays') => (
    <Field
      name={name}
      label={t(name === 'smsDays' ? 'reminders.set.sms' : 'reminders.set.email')}
      help={name === 'smsDays' && !smsAvailable ? t('reminders.set.no-sms') : undefined}
    >
      <Select
        options={choices}
        disabled={!mayChange || (name === 'smsDays' && !smsAvailable)}
        value={draft[name] === null ? none : String(draft[name])}
        onChange={(value) => setDraft({ ...draft, [name]: value === none ? null : Number(value) })}
      />
    </Field>
  )
  const fields = (
    <>
      {pick('smsDays')}
      {pick('emailDays')}
      <Field name="hour" label={t('reminders.set.hour')}>
        <Select
          options={hours.map((hour) => ({
            value: String(hour),
            label: t('reminders.set.hour.at', { hour }),
          }))}
          disabled={!mayChange}
          value={String(draft.hour)}
          onChange={(hour) => setDraft({ ...draft, hour: Number(hour) })}
        />
      </Field>
      {missing.length > 0 && (
        <p className="text-13 text-warning-ink">
          {t('reminders.set.missing', {
            what: formats.list(missing.map((what) => t(`reminders.set.missing.${what}`))),
          })}{' '}
          {mayChange && <TextLink to="/settings">{t('reminders.set.missing.fill')}</TextLink>}
        </p>
      )}
    </>
  )
  if (!mayChange)
    return (
      <div className="flex flex-col gap-4">
        {fields}
        <p className="text-13 text-ink-muted">{t('reminders.set.only')}</p>
      </div>
    )
  return (
    <Form
      submit={t('reminders.set.save')}
      saving={save.isPending}
      error={save.error}
      onSubmit={() => save.mutate({ body: { revision, ...draft } })}
    >
      {fields}
    </Form>
  )
}
