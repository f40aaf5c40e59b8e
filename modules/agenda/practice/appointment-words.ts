/** How an appointment is called. */
import type { Appointment } from '#contract/agenda'
import { useMessages } from '#platform/ui/messages.tsx'
import { useAgendaDates } from './agenda-dates.ts'

type Named = Pick<Appointment, 'patient' | 'title'>

export function useAppointmentWords() {
  const t = useMessages()
  const dates = useAgendaDates()
  /** Whose it is, or what: « Claire Dupont », « Supervision ». */
  const nameOf = ({ patient, title }: Named) =>
    title && patient?.name
      ? `${patient.name} · ${title}`
      : (patient?.name ?? (title || t('agenda.patient.hidden')))
  return {
    nameOf,
    /** All of it in one line, for whoever hears it. */
    labelOf: (appointment: Appointment, practitioner?: string) =>
      [
        `${dates.times(appointment)}`,
        nameOf(appointment),
        appointment.act?.name,
        t(`agenda.status.${appointment.status}`),
        appointment.place !== 'office' && t(`agenda.place.${appointment.place}`),
        appointment.seriesId && t('agenda.series'),
        practitioner,
      ]
        .filter(Boolean)
        .join(', '),
  }
}
