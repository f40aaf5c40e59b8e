import { getAgenda, removeAppointment } from '#contract/agenda'
import { getPractice } from '#contract/cabinet'
import { call } from '#platform/ui/call.ts'
import { refresh, useEndpoint } from '#platform/ui/data.ts'
import { Dialog } from '#platform/ui/dialog.tsx'
import { sentenceOf } from '#platform/ui/errors.ts'
import { TIME_ZONE } from '#platform/ui/formats.ts'
import { useMessages } from '#platform/ui/messages.tsx'
import { useMay, useSession } from '#platform/ui/session.tsx'
import { Skeleton } from '#platform/ui/skeleton.tsx'
import { notify } from '#platform/ui/toast.tsx'
import { useQueryClient } from '@tanstack/react-query'
import type { PickedPatient } from '#practice/patients'
import { useAgendaDates } from '../agenda-dates.ts'
import { useAppointmentWords } from '../appointment-words.ts'
import { dateOf, localNow, timeOf } from '../wall-clock.ts'
import { type Booked, BookingForm } from './booking-form.tsx'
import { type Draft, emptyDraft } from './draft.ts'

export type BookingDialogProps = {
  onClose: () => void
  /** Whom it is for, and by what; all of it can still be changed. */
  patient?: PickedPatient | null | undefined
  at?: string | undefined
  practitionerId?: string | null | undefined
  /** Whatever else is known already. */
  start?: Partial<Draft> | undefined
  /** Told instead of `onClose` once something is booked. */
  onBooked?: ((booked: Booked) => void) | undefined
  /** What was booked was taken back by the undo that is offered. */
  onTakenBack?: (() => void) | undefined
  onShow?: ((appointment: { id: string; startsLocal: string }) => void) | undefined
}

/** Books an appointment from wherever somebody asks for one. It is open while it is there. */
export function BookingDialog(props: BookingDialogProps) {
  const { onClose, patient, at, practitionerId, start, onBooked, onTakenBack, onShow } = props
  const t = useMessages()
  const may = useMay()
  const { id: me } = useSession()
  const { data: practice } = useEndpoint(getPractice)
  const today = dateOf(localNow(practice?.timeZone ?? TIME_ZONE))
  // For who has an agenda here; what stands in it is not looked at.
  const { data } = useEndpoint(getAgenda, { query: { from: today, to: today } })
  const told = useTellBooked()
  const people = data?.practitioners ?? []
  // Who has left is seen and not booked.
  const among = (id: string | null | undefined) => people.find(({ memberId }) => memberId === id)
  const whose = (among(practitionerId) ?? among(me) ?? people[0])?.memberId
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title={t('agenda.book')}>
      {data ? (
        <BookingForm
          start={{
            ...emptyDraft,
            // Who may know no patients books what has a title.
            withPatient: may('patients.read'),
            patient: patient ?? null,
            practitionerId: whose ?? null,
            ...(at && { date: dateOf(at), time: timeOf(at) }),
            ...start,
          }}
          today={today}
          practitioners={people}
          onBooked={(booked) => {
            told(booked, onTakenBack)
            if (onBooked) onBooked(booked)
            else onClose()
          }}
          onCancel={onClose}
          onShow={onShow}
        />
      ) : (
        <Skeleton width="100%" height={360} />
      )}
    </Dialog>
  )
}

/** What was booked, and a way back for the moment. */
function useTellBooked() {
  const t = useMessages()
  const queries = useQueryClient()
  const dates = useAgendaDates()
  const { nameOf } = useAppointmentWords()
  const takeBack = async (booked: Booked, onTakenBack: (() => void) | undefined) => {
    try {
      for (const { id, revision } of booked.appointments)
        await call(removeAppointment, { params: { id }, query: { revision } })
      notify.done({ title: t('agenda.booked.undone', { count: booked.appointments.length }) })
      onTakenBack?.()
    } catch (error) {
      notify.failed({ title: sentenceOf(error, t) })
    }
    await refresh(queries, removeAppointment.touches)
  }
  return (booked: Booked, onTakenBack: (() => void) | undefined) => {
    const [first] = booked.appointments
    if (!first) return
    const count = booked.appointments.length
    const isAhead = booked.appointments.every(({ startsAt }) => Date.parse(startsAt) > Date.now())
    notify.done({
      title:
        count === 1
          ? t('agenda.booked', { name: nameOf(first), when: dates.dayAt(first.startsLocal) })
          : t('agenda.booked.series', { name: nameOf(first), count, when: dates.dayAt(first.startsLocal) }),
      description:
        [
          ...booked.warnings.map((warning) => t(`agenda.warning.${warning}`)),
          booked.outside && t(`agenda.outside.${booked.outside}`),
          booked.skipped > 0 && t('agenda.booked.skipped', { count: booked.skipped }),
        ]
          .filter(Boolean)
          .join(' · ') || undefined,
      // What has begun is cancelled, never removed.
      ...(isAhead && { undo: () => void takeBack(booked, onTakenBack) }),
    })
  }
}
