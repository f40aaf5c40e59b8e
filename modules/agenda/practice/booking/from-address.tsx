import type { Appointment } from '#contract/agenda'
import { getPatient } from '#contract/patients'
import { useEndpoint } from '#platform/ui/data.ts'
import { useMay } from '#platform/ui/session.tsx'
import type { AgendaState } from '../agenda-state.ts'
import { BookingDialog } from '../face.tsx'

type BookingFromAddressProps = {
  state: AgendaState
  /** The only person whose agenda is shown, where it is one. */
  who: readonly string[]
  onClose: () => void
  onBooked: (first: Appointment) => void
  onShow: (appointment: { id: string; startsLocal: string }) => void
}

/** `/agenda?book=1&patient=…&at=…`: any page leads here, and the browser's way back closes it. */
export function BookingFromAddress({ state, who, onClose, onBooked, onShow }: BookingFromAddressProps) {
  const may = useMay()
  const id = may('patients.read') ? (state.patient ?? '') : ''
  const wanted = state.book !== undefined
  const { data, error } = useEndpoint(getPatient, { params: { id } }, { enabled: wanted && id !== '' })
  // Whom it is for comes first; who may not be read is left to be chosen.
  if (!wanted || (id && !data && !error)) return null
  const [only, other] = who
  return (
    <BookingDialog
      patient={data ? { id: data.id, name: `${data.firstName} ${data.lastName}` } : null}
      at={state.at}
      practitionerId={state.with ?? (other === undefined ? only : undefined)}
      onClose={onClose}
      onBooked={({ appointments: [first] }) => first && onBooked(first)}
      onShow={onShow}
    />
  )
}
