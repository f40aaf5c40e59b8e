import { useState } from 'react'
import { type AlertPreferences, getAlertPreferences, saveAlertPreferences } from '#contract/support'
import { Card } from '#platform/ui/card.tsx'
import { Switch } from '#platform/ui/checkbox.tsx'
import { Combobox } from '#platform/ui/combobox.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { Field } from '#platform/ui/field.tsx'
import { Form } from '#platform/ui/form.tsx'
import { Input } from '#platform/ui/input.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { Skeleton } from '#platform/ui/skeleton.tsx'
import { ErrorState } from '#platform/ui/states.tsx'
import { notify } from '#platform/ui/toast.tsx'

/** Among one's own settings: whether mail tells of promises, and at which hours none does. */
export function PreferencesCard() {
  const t = useMessages()
  const { data, error, refetch } = useEndpoint(getAlertPreferences)
  return (
    <Card title={t('support.preferences')}>
      <p className="mb-3 max-w-prose text-13 text-ink-muted">{t('support.preferences.help')}</p>
      {!data &&
        (error ? <ErrorState error={error} onRetry={refetch} /> : <Skeleton height={160} width="100%" />)}
      {data && <PreferencesForm preferences={data} />}
    </Card>
  )
}

const zones = () => Intl.supportedValuesOf('timeZone').map((zone) => ({ value: zone, label: zone }))
/** What one begins with who wants quiet hours. */
const evening = { from: '19:00', until: '08:00' }

function PreferencesForm({ preferences }: { preferences: AlertPreferences }) {
  const t = useMessages()
  const [kept, setKept] = useState(preferences)
  const [draft, setDraft] = useState(preferences)
  const set = (part: Partial<AlertPreferences>) => setDraft({ ...draft, ...part })
  const save = useEndpoint(saveAlertPreferences, {
    onSuccess: (saved) => {
      setKept(saved)
      setDraft(saved)
      notify.done({ title: t('support.preferences.saved') })
    },
  })
  const { byMail, quiet, timeZone } = draft
  return (
    <Form
      submit={t('support.preferences.save')}
      saving={save.isPending}
      error={save.error}
      dirty={JSON.stringify(draft) !== JSON.stringify(kept)}
      onSubmit={() => save.mutate({ body: draft })}
    >
      <Field name="byMail" label={t('support.preferences.by_mail')} inline>
        <Switch checked={byMail} onChange={(wanted) => set({ byMail: wanted })} />
      </Field>
      {byMail && (
        <Field
          name="quiet"
          label={t('support.preferences.quiet')}
          help={t('support.preferences.quiet.help')}
          inline
        >
          <Switch checked={quiet !== null} onChange={(wanted) => set({ quiet: wanted ? evening : null })} />
        </Field>
      )}
      {byMail && quiet && (
        <div className="grid grid-cols-2 gap-3 sm:grid-cols-[1fr_1fr_2fr]">
          <Field name="quiet.from" label={t('support.preferences.from')}>
            <Input type="time" value={quiet.from} onChange={(from) => set({ quiet: { ...quiet, from } })} />
          </Field>
          <Field name="quiet.until" label={t('support.preferences.until')}>
            <Input
              type="time"
              value={quiet.until}
              onChange={(until) => set({ quiet: { ...quiet, until } })}
            />
          </Field>
          <div className="col-span-2 sm:col-span-1">
            <Field name="timeZone" label={t('support.preferences.zone')}>
              <Combobox
                options={zones()}
                value={timeZone}
                onChange={(zone) => zone && set({ timeZone: zone })}
              />
            </Field>
          </div>
        </div>
      )}
    </Form>
  )
}
