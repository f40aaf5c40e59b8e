import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { getPractice, type Practice, timeZones, updatePractice } from '#contract/cabinet'
import { keyOf, useEndpoint } from '#platform/ui/data.ts'
import { Field } from '#platform/ui/field.tsx'
import { Form } from '#platform/ui/form.tsx'
import { Input, Textarea } from '#platform/ui/input.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { Problem } from '#platform/ui/problem.tsx'
import { Select } from '#platform/ui/select.tsx'
import { notify } from '#platform/ui/toast.tsx'
import { useDraft } from './draft.ts'

const fields = ['name', 'timeZone', 'phone', 'email', 'address', 'postcode', 'city'] as const

/** What the practice is called, where patients find it, and the clock it goes by. */
export function PracticeForm({ practice }: { practice: Practice }) {
  const t = useMessages()
  const queries = useQueryClient()
  const { draft, set, seen, dirty, winner, take, lost } = useDraft(practice, fields)
  const [missing, setMissing] = useState(false)
  const save = useEndpoint(updatePractice, {
    onSuccess: (saved) => {
      queries.setQueryData(keyOf(getPractice), saved)
      take(saved)
      notify.done({ title: t('cabinet.settings.saved') })
    },
    onError: (error) => {
      if (error.code !== 'practice_changed') return
      const { current } = error.details as { current: Practice } // as the server refuses
      queries.setQueryData(keyOf(getPractice), current)
      lost(current)
    },
  })
  return (
    <Form
      submit={t('cabinet.settings.save')}
      saving={save.isPending}
      error={winner ? null : save.error}
      dirty={dirty}
      onSubmit={() => {
        setMissing(!draft.name.trim())
        if (draft.name.trim()) save.mutate({ body: { revision: seen.revision, ...draft } })
      }}
    >
      {winner && (
        <Problem>
          {t('cabinet.settings.changed', {
            name: winner.name,
            timeZone: t(`cabinet.zone.${winner.timeZone}`),
          })}
        </Problem>
      )}
      <Field
        name="name"
        label={t('cabinet.settings.name')}
        help={t('cabinet.settings.name.help')}
        error={missing ? t('cabinet.settings.name.missing') : undefined}
      >
        <Input value={draft.name} maxLength={200} onChange={(name) => set({ name })} />
      </Field>
      <Field name="address" label={t('cabinet.settings.address')} help={t('cabinet.settings.address.help')}>
        <Textarea rows={2} maxLength={300} value={draft.address} onChange={(address) => set({ address })} />
      </Field>
      <div className="grid grid-cols-[7rem_1fr] gap-3">
        <Field name="postcode" label={t('cabinet.settings.postcode')}>
          <Input
            inputMode="numeric"
            autoComplete="postal-code"
            maxLength={10}
            value={draft.postcode}
            onChange={(postcode) => set({ postcode })}
          />
        </Field>
        <Field name="city" label={t('cabinet.settings.city')}>
          <Input maxLength={120} value={draft.city} onChange={(city) => set({ city })} />
        </Field>
      </div>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field name="phone" label={t('cabinet.settings.phone')} optional>
          <Input type="tel" maxLength={32} value={draft.phone} onChange={(phone) => set({ phone })} />
        </Field>
        <Field name="email" label={t('cabinet.settings.email')} optional>
          <Input type="email" maxLength={254} value={draft.email} onChange={(email) => set({ email })} />
        </Field>
      </div>
      <Field
        name="timeZone"
        label={t('cabinet.settings.time-zone')}
        help={t('cabinet.settings.time-zone.help')}
      >
        <Select
          options={timeZones.map((value) => ({ value, label: t(`cabinet.zone.${value}`) }))}
          value={draft.timeZone}
          onChange={(timeZone) => set({ timeZone })}
        />
      </Field>
    </Form>
  )
}
