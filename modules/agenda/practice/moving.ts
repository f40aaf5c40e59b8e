/** Appointments that are moved on the screen first, and put back with a reason where the server refuses. */
import { type QueryClient, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import {
  type Agenda,
  type Appointment,
  getAgenda,
  type InTheWay,
  moveAppointment,
  type Outside,
} from '#contract/agenda'
import type { ApiError } from '#platform/ui/api-error.ts'
import { useEndpoint } from '#platform/ui/data.ts'
import { sentenceOf } from '#platform/ui/errors.ts'
import { useMessages } from '#platform/ui/messages.tsx'
import { notify } from '#platform/ui/toast.tsx'
import { useAgendaDates } from './agenda-dates.ts'
import { useAppointmentWords } from './appointment-words.ts'
import { addMinutes } from './wall-clock.ts'

export type Move = {
  startsLocal: string
  /** As long as before unless told. */
  minutes?: number | undefined
  practitionerId?: string | undefined
}

/** Every agenda on this screen shows an appointment as it is now, before anybody asks again. */
export function takeIn(queries: QueryClient, appointment: Appointment): void {
  queries.setQueriesData<Agenda>(
    { predicate: ({ queryKey }) => queryKey[0] === getAgenda.path },
    (agenda) =>
      agenda && {
        ...agenda,
        appointments: agenda.appointments.map((one) => (one.id === appointment.id ? appointment : one)),
      },
  )
}

/** @param onShow shows what stood in the way, or what somebody else made of it */
export function useMoving(onShow: (appointment: { id: string; startsLocal: string }) => void) {
  const t = useMessages()
  const queries = useQueryClient()
  const dates = useAgendaDates()
  const { nameOf } = useAppointmentWords()
  const [moving, setMoving] = useState<ReadonlyMap<string, Appointment>>(new Map())
  const settle = (id: string) => setMoving((before) => new Map([...before].filter(([other]) => other !== id)))
  const outsideWords = (outside: Outside) => (outside ? t(`agenda.outside.${outside}`) : undefined)

  const call = useEndpoint(moveAppointment, {
    onSuccess: ({ appointment }) => {
      takeIn(queries, appointment)
      settle(appointment.id)
    },
    onError: (error, { params }) => {
      settle(params.id)
      tellWhy(error)
    },
  })
  const put = (appointment: Appointment, { startsLocal, minutes, practitionerId }: Move) => {
    const long = minutes ?? appointment.minutes
    const ghost = {
      ...appointment,
      startsLocal,
      endsLocal: addMinutes(startsLocal, long),
      practitionerId: practitionerId ?? appointment.practitionerId,
    }
    setMoving((before) => new Map(before).set(appointment.id, ghost))
    return call.mutateAsync({
      params: { id: appointment.id },
      body: {
        revision: appointment.revision,
        startsLocal,
        ...(minutes !== undefined && { minutes }),
        ...(practitionerId !== undefined && { practitionerId }),
      },
    })
  }
  const move = async (appointment: Appointment, to: Move): Promise<boolean> => {
    const answer = await put(appointment, to).catch(() => null) // onError has said why
    if (!answer) return false
    const { startsLocal, minutes, practitionerId } = appointment
    notify.done({
      title: t('agenda.moved', {
        name: nameOf(appointment),
        when: dates.dayAt(answer.appointment.startsLocal),
      }),
      description: outsideWords(answer.outside),
      undo: () => void put(answer.appointment, { startsLocal, minutes, practitionerId }).catch(() => null),
    })
    return true
  }

  /** What is in the way, or what somebody else did: with a way to see it. */
  const tellWhy = (error: ApiError) => {
    const taken = inTheWayOf(error)
    if (taken) {
      return notify.failed({
        title: t('agenda.overlaps', {
          name: taken.patientName ?? (taken.title || t('agenda.patient.hidden')),
          day: dates.day(taken.startsLocal),
          times: dates.times(taken),
        }),
        action: { label: t('agenda.show'), onSelect: () => onShow(taken) },
      })
    }
    const current = currentOf(error)
    if (current) {
      takeIn(queries, current)
      return notify.failed({
        title: t('agenda.changed', {
          name: nameOf(current),
          when: dates.dayAt(current.startsLocal),
          status: t(`agenda.status.${current.status}`),
        }),
        action: { label: t('agenda.show'), onSelect: () => onShow(current) },
      })
    }
    notify.failed({ title: sentenceOf(error, t) })
  }
  return { moving, move, tellWhy, outsideWords }
}

/** As `appointment_overlaps` says it. */
export function inTheWayOf({ code, details }: ApiError): InTheWay | undefined {
  if (code !== 'appointment_overlaps') return undefined
  return (details as { with?: InTheWay } | undefined)?.with // as the server refuses
}

/** As `appointment_changed` says it. */
function currentOf({ code, details }: ApiError): Appointment | undefined {
  if (code !== 'appointment_changed') return undefined
  return (details as { current?: Appointment } | undefined)?.current // as the server refuses
}
