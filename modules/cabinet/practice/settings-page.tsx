import { useState } from 'react'
import { getPractice, type Practice, timeZones, updatePractice } from '#contract/cabinet'
import { Card } from '#platform/ui/card.tsx'
import { keyOf, useEndpoint } from '#platform/ui/data.ts'
import { Field } from '#platform/ui/field.tsx'
import { Form } from '#platform/ui/form.tsx'
import { Input } from '#platform/ui/input.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { PageHeader } from '#platform/ui/page-header.tsx'
import { Problem } from '#platform/ui/problem.tsx'
import { Select } from '#platform/ui/select.tsx'
import { Skeleton } from '#platform/ui/skeleton.tsx'
import { ErrorState } from '#platform/ui/states.tsx'
import { notify } from '#platform/ui/toast.tsx'
import { useQueryClient } from '@tanstack/react-query'

/** What the practice is called, and the clock it goes by. */
export function SettingsPage() {
  const t = useMessages()
  const { data, error, refetch } = useEndpoint(getPractice)
  return (
    <>
      <PageHeader title={t('cabinet.settings')} />
      {error && !data ? (
        <ErrorState error={error} onRetry={refetch} />
      ) : (
        <Card className="max-w-xl">{data ? <Fields practice={data} /> : <Skeleton width="60%" />}</Card>
      )}
    </>
  )
}

function Fields({ practice }: { practice: Practice }) {
  const t = useMessages()
  const queries = useQueryClient()
  // What one began from: somebody else may save meanwhile, and is not overwritten unseen.
  const [seen, setSeen] = useState(practice)
  const [draft, setDraft] = useState({ name: practice.name, timeZone: practice.timeZone })
  const [missing, setMissing] = useState(false)
  const [winner, setWinner] = useState<Practice | null>(null)
  const dirty = draft.name !== seen.name || draft.timeZone !== seen.timeZone
  if (!dirty && practice.revision > seen.revision) {
    setSeen(practice)
    setDraft({ name: practice.name, timeZone: practice.timeZone })
  }
  const take = (current: Practice) => {
    queries.setQueryData(keyOf(getPractice), current)
    setSeen(current)
  }
  const save = useEndpoint(updatePractice, {
    onSuccess: (saved) => {
      take(saved)
      setDraft({ name: saved.name, timeZone: saved.timeZone })
      setWinner(null)
      notify.done({ title: t('cabinet.settings.saved') })
    },
    onError: (error) => {
      if (error.code !== 'practice_changed') return
      const { current } = error.details as { current: Practice } // as the server refuses
      take(current)
      setWinner(current)
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
        <Input value={draft.name} maxLength={200} onChange={(name) => setDraft({ ...draft, name })} />
      </Field>
      <Field
        name="timeZone"
        label={t('cabinet.settings.time-zone')}
        help={t('cabinet.settings.time-zone.help')}
      >
        <Select
          options={timeZones.map((value) => ({ value, label: t(`cabinet.zone.${value}`) }))}
          value={draft.timeZone}
          onChange={(timeZone) => setDraft({ ...draft, timeZone })}
        />
      </Field>
    </Form>
  )
}
