import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { type AgendaRules, getAgendaRules, setAgendaRules } from '#contract/agenda'
import { territories } from '#platform/contract/french-holidays.ts'
import { keyOf, useEndpoint } from '#platform/ui/data.ts'
import { Field } from '#platform/ui/field.tsx'
import { Form } from '#platform/ui/form.tsx'
import { Input } from '#platform/ui/input.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { Problem } from '#platform/ui/problem.tsx'
import { Select } from '#platform/ui/select.tsx'
import { notify } from '#platform/ui/toast.tsx'

const numbers = ['lateWindowHours', 'lateSharePercent', 'noShowSharePercent'] as const
type Typed = Record<(typeof numbers)[number], string> & Pick<AgendaRules, 'holidays'>

const typed = (rules: AgendaRules): Typed => ({
  holidays: rules.holidays,
  lateWindowHours: String(rules.lateWindowHours),
  lateSharePercent: String(rules.lateSharePercent),
  noShowSharePercent: String(rules.noShowSharePercent),
})
const isSame = (one: Typed, other: Typed) =>
  one.holidays === other.holidays && numbers.every((name) => one[name] === other[name])
const most = { lateWindowHours: 336, lateSharePercent: 100, noShowSharePercent: 100 }

/** What the practice asks of whoever cancels too late or does not come, and which days it is closed. */
export function RulesForm({ rules }: { rules: AgendaRules }) {
  const t = useMessages()
  const queries = useQueryClient()
  const [seen, setSeen] = useState(rules)
  const [draft, setDraft] = useState(() => typed(rules))
  const [asked, setAsked] = useState(false)
  const [wasLate, setWasLate] = useState(false)
  const change = (part: Partial<Typed>) => setDraft({ ...draft, ...part })
  const dirty = !isSame(draft, typed(seen))
  if (!dirty && seen.revision < rules.revision) {
    setSeen(rules)
    setDraft(typed(rules))
  }
  const save = useEndpoint(setAgendaRules, {
    onSuccess: (saved) => {
      queries.setQueryData(keyOf(getAgendaRules), saved)
      setSeen(saved)
      setDraft(typed(saved))
      setWasLate(false)
      notify.done({ title: t('agenda.settings.rules.saved') })
    },
    onError: (error) => {
      if (error.code !== 'practice_changed') return
      const { current } = error.details as { current: AgendaRules } // as the server refuses
      setSeen(current)
      setWasLate(true)
    },
  })
  const isWrong = (name: (typeof numbers)[number]) =>
    !/^\d{1,3}$/.test(draft[name]) || Number(draft[name]) > most[name]
  const numeric = (name: (typeof numbers)[number]) => (
    <Field
      name={name}
      label={t(`agenda.settings.rules.${name}`)}
      help={t(`agenda.settings.rules.${name}.help`)}
      error={asked && isWrong(name) ? t('agenda.settings.rules.wrong', { most: most[name] }) : undefined}
    >
      <Input
        type="number"
        inputMode="numeric"
        min={0}
        max={most[name]}
        value={draft[name]}
        onChange={(value) => change({ [name]: value })}
      />
    </Field>
  )
  return (
    <Form
      submit={t('agenda.settings.save')}
      saving={save.isPending}
      error={wasLate ? null : save.error}
      dirty={dirty}
      onSubmit={() => {
        setAsked(true)
        if (numbers.some(isWrong)) return
        save.mutate({
          body: {
            revision: seen.revision,
            holidays: draft.holidays,
            lateWindowHours: Number(draft.lateWindowHours),
            lateSharePercent: Number(draft.lateSharePercent),
            noShowSharePercent: Number(draft.noShowSharePercent),
          },
        })
      }}
    >
      {wasLate && <Problem>{t('agenda.settings.rules.changed')}</Problem>}
      {numeric('lateWindowHours')}
      {numeric('lateSharePercent')}
      {numeric('noShowSharePercent')}
      <Field name="holidays" label={t('agenda.settings.holidays')} help={t('agenda.settings.holidays.help')}>
        <Select
          options={territories.map((value) => ({ value, label: t(`agenda.settings.holidays.${value}`) }))}
          value={draft.holidays}
          onChange={(holidays) => change({ holidays })}
        />
      </Field>
    </Form>
  )
}
