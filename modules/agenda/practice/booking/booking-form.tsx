import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import {
  type Appointment,
  bookAppointment,
  bookSeries,
  feeOn,
  listActs,
  listAppointments,
  type Outside,
  places,
} from '#contract/agenda'
import type { PatientWarning } from '#contract/patients'
import { refresh, useEndpoint } from '#platform/ui/data.ts'
import { Field } from '#platform/ui/field.tsx'
import { Form } from '#platform/ui/form.tsx'
import { Input, Textarea } from '#platform/ui/input.tsx'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { Select } from '#platform/ui/select.tsx'
import { useMay } from '#platform/ui/session.tsx'
import type { Practitioner } from '#contract/agenda'
import { Conflict } from './conflict.tsx'
import {
  type Draft,
  minutesOf,
  missingIn,
  rhythmOf,
  skipAndKeep,
  startsLocalOf,
  whatOf,
  withProposed,
} from './draft.ts'
import { FreeSlots } from './free-slots.tsx'
import { useWhy } from './occurrences.tsx'
import { WhatFields } from './what-fields.tsx'
import { WhenFields } from './when-fields.tsx'
import { RepeatFields, useOccurrences } from './repeat-fields.tsx'

export type Booked = {
  appointments: readonly Appointment[]
  outside: Outside
  skipped: number
  /** What is to be settled before a minor comes. */
  warnings: readonly PatientWarning[]
}

type BookingFormProps = {
  start: Draft
  /** The practice's day. */
  today: string
  practitioners: readonly Practitioner[]
  onBooked: (booked: Booked) => void
  onCancel: () => void
  /** Shows what stands in the way. */
  onShow?: ((appointment: { id: string; startsLocal: string }) => void) | undefined
}

/** Who comes, for what, when and where; once, or every so many weeks. */
export function BookingForm({ start, today, practitioners, onBooked, onCancel, onShow }: BookingFormProps) {
  const t = useMessages()
  const may = useMay()
  const formats = useFormats()
  const queries = useQueryClient()
  const why = useWhy()
  const [draft, setDraft] = useState(start)
  const [asked, setAsked] = useState(false)
  const change = (part: Partial<Draft>) => setDraft((before) => ({ ...before, ...part }))
  const { data: acts } = useEndpoint(listActs)
  const offered = acts?.rows.filter(({ archived }) => !archived)
  const came = useEndpoint(
    listAppointments,
    { query: { patientId: draft.patient?.id, status: 'planned,kept', limit: 1 } },
    { enabled: draft.patient !== null && !draft.settled },
  )
  const lastAct = draft.patient ? came.data?.rows[0]?.act?.id : undefined
  const proposed = offered && !came.isFetching && withProposed(draft, offered, lastAct)
  if (proposed && proposed !== draft) setDraft(proposed)
  const act = offered?.find(({ id }) => id === draft.actId)

  const minutes = minutesOf(draft)
  const startsLocal = startsLocalOf(draft)
  const single = useOccurrences(draft, false).data?.occurrences[0]
  const series = useOccurrences(draft, true).data?.occurrences
  const book = useEndpoint(bookAppointment, {
    onSuccess: ({ appointment, outside, warnings }) =>
      onBooked({ appointments: [appointment], outside, skipped: 0, warnings }),
    // Somebody else took the hour: what is shown as free asks again.
    onError: () => void refresh(queries, ['agenda']),
  })
  const bookAll = useEndpoint(bookSeries, {
    onSuccess: ({ appointments, skipped, warnings }) =>
      onBooked({ appointments, outside: null, skipped: skipped.length, warnings }),
    onError: () => void refresh(queries, ['agenda']),
  })
  const missing = asked ? missingIn(draft) : new Set<string>()
  const error = draft.repeats ? bookAll.error : book.error
  const submit = () => {
    setAsked(true)
    const rhythm = rhythmOf(draft)
    if (missingIn(draft).size > 0 || !startsLocal) return
    if (draft.repeats && rhythm && series)
      bookAll.mutate({ body: { ...whatOf(draft), ...rhythm, ...skipAndKeep(series, draft.turned) } })
    else if (!draft.repeats) book.mutate({ body: { ...whatOf(draft), startsLocal } })
  }
  const usual = act && feeOn(act, draft.date || today)
  const said = single && !draft.repeats ? why(single) : undefined
  const need = (name: string, words: string) => (missing.has(name) ? words : undefined)
  return (
    <Form
      submit={t(draft.repeats ? 'agenda.book.series' : 'agenda.book.submit')}
      saving={book.isPending || bookAll.isPending}
      error={error?.code === 'appointment_overlaps' ? null : error}
      onSubmit={submit}
      onCancel={onCancel}
    >
      {error?.code === 'appointment_overlaps' && <Conflict error={error} onShow={onShow} />}
      <WhatFields
        draft={draft}
        onChange={change}
        acts={offered}
        first={start.patient === null}
        missing={{ patient: missing.has('patientId'), title: missing.has('title') }}
      />
      {practitioners.length > 1 && (
        <Field name="practitionerId" label={t('agenda.practitioner')}>
          <Select
            options={practitioners.map(({ memberId, name }) => ({ value: memberId, label: name }))}
            value={draft.practitionerId}
            onChange={(practitionerId) => change({ practitionerId })}
          />
        </Field>
      )}
      <WhenFields
        value={draft}
        onChange={(when) =>
          change({ ...when, turned: new Set(), ...('minutes' in when && { settled: true }) })
        }
        wrong={{ start: missing.has('startsLocal'), minutes: missing.has('minutes') }}
      />
      {said && (
        <output className="rounded-control bg-warning-soft px-3 py-2 text-13 text-warning-ink">{said}</output>
      )}
      {minutes !== undefined && (
        <FreeSlots
          minutes={minutes}
          practitionerId={draft.practitionerId}
          from={draft.date || undefined}
          chosen={startsLocal}
          onChoose={(local, practitionerId) =>
            change({ date: local.slice(0, 10), time: local.slice(11, 16), practitionerId })
          }
        />
      )}
      <RepeatFields draft={draft} onChange={change} wrong={missing.has('until')} />
      <div className="grid grid-cols-2 gap-3">
        <Field name="place" label={t('agenda.place')}>
          <Select
            options={places.map((value) => ({ value, label: t(`agenda.place.${value}`) }))}
            value={draft.place}
            onChange={(place) => change({ place })}
          />
        </Field>
        {draft.withPatient && may('fees.manage') && (
          <Field
            name="feeCents"
            label={t('agenda.fee')}
            help={usual === undefined ? undefined : t('agenda.fee.usual', { fee: formats.money(usual) })}
            error={need('feeCents', t('agenda.fee.wrong'))}
          >
            <Input
              inputMode="decimal"
              value={draft.fee ?? (usual === undefined ? '' : (usual / 100).toFixed(2).replace('.', ','))}
              onChange={(fee) => change({ fee, settled: true })}
            />
          </Field>
        )}
      </div>
      <Field name="remark" label={t('agenda.remark')} help={t('agenda.remark.help')} optional>
        <Textarea rows={2} maxLength={1_000} value={draft.remark} onChange={(remark) => change({ remark })} />
      </Field>
    </Form>
  )
}
