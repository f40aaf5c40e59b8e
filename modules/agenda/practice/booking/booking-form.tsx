import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import {
  type Appointment,
  bookAppointment,
  bookSeries,
  feeOn,
  listActs,
  type Outside,
  places,
} from '#contract/agenda'
import type { PatientWarning } from '#contract/patients'
import { refresh, useEndpoint } from '#platform/ui/data.ts'
import { cx } from '#platform/ui/cx.ts'
import { Field } from '#platform/ui/field.tsx'
import { Form } from '#platform/ui/form.tsx'
import { Input, Textarea } from '#platform/ui/input.tsx'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { Select } from '#platform/ui/select.tsx'
import { useMay } from '#platform/ui/session.tsx'
import { PatientPicker } from '#practice/patients'
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
  withAct,
} from './draft.ts'
import { FreeSlots } from './free-slots.tsx'
import { useWhy } from './occurrences.tsx'
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
  const offered = acts?.rows.filter(({ archived }) => !archived) ?? []
  // The first act is the usual one; whoever wants another one chooses it.
  const act = offered.find(({ id }) => id === draft.actId)
  if (draft.withPatient && draft.actId === null && offered[0]) setDraft(withAct(draft, offered[0]))

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
      <fieldset
        aria-label={t('agenda.book.kind')}
        className="grid grid-cols-2 rounded-control border border-line-strong"
      >
        {[true, false].map((withPatient) => (
          <button
            key={String(withPatient)}
            type="button"
            aria-pressed={draft.withPatient === withPatient}
            onClick={() => change({ withPatient })}
            className={cx(
              'h-control text-13 font-medium first:rounded-l-control last:rounded-r-control',
              draft.withPatient === withPatient ? 'bg-pressed text-ink' : 'text-ink-muted hover:bg-hover',
            )}
          >
            {t(withPatient ? 'agenda.book.patient' : 'agenda.book.other')}
          </button>
        ))}
      </fieldset>
      {draft.withPatient ? (
        <>
          <PatientPicker
            label={t('agenda.patient')}
            // The dialog opens to be filled in, and this is where one begins.
            // oxlint-disable-next-line jsx-a11y/no-autofocus
            autoFocus={start.patient === null}
            value={draft.patient}
            onChange={(patient) => change({ patient })}
            error={need('patientId', t('agenda.patient.missing'))}
          />
          <Field name="actId" label={t('agenda.act')}>
            <Select
              options={offered.map(({ id, name, minutes: long }) => ({
                value: id,
                label: t('agenda.act.long', { name, minutes: long }),
              }))}
              value={draft.actId}
              placeholder={t('agenda.act.none')}
              onChange={(id) =>
                setDraft(
                  withAct(
                    draft,
                    offered.find((one) => one.id === id),
                  ),
                )
              }
            />
          </Field>
        </>
      ) : (
        <Field name="title" label={t('agenda.event')} error={need('title', t('agenda.event.missing'))}>
          <Input
            value={draft.title}
            maxLength={120}
            placeholder={t('agenda.event.example')}
            onChange={(title) => change({ title })}
          />
        </Field>
      )}
      {practitioners.length > 1 && (
        <Field name="practitionerId" label={t('agenda.practitioner')}>
          <Select
            options={practitioners.map(({ memberId, name }) => ({ value: memberId, label: name }))}
            value={draft.practitionerId}
            onChange={(practitionerId) => change({ practitionerId })}
          />
        </Field>
      )}
      <div className="grid grid-cols-[minmax(0,1.4fr)_minmax(0,1fr)_minmax(0,1fr)] gap-3">
        <Field
          name="startsLocal"
          label={t('agenda.date')}
          error={need('startsLocal', t('agenda.date.missing'))}
        >
          <Input type="date" value={draft.date} onChange={(date) => change({ date, turned: new Set() })} />
        </Field>
        <Field label={t('agenda.time')}>
          <Input type="time" step={300} value={draft.time} onChange={(time) => change({ time })} />
        </Field>
        <Field name="minutes" label={t('agenda.minutes')} error={need('minutes', t('agenda.minutes.wrong'))}>
          <Input
            type="number"
            min={5}
            max={600}
            step={5}
            inputMode="numeric"
            value={draft.minutes}
            onChange={(value) => change({ minutes: value })}
          />
        </Field>
      </div>
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
              onChange={(fee) => change({ fee })}
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
