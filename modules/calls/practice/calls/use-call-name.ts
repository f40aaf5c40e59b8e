import type { Call } from '#contract/calls'
import { useMessages } from '#platform/ui/messages.tsx'

/** Who a call is from, in one name: « Nora Benali », « Sa mère (Nora Benali) ». */
export function useCallName(): (call: Pick<Call, 'caller' | 'patient'>) => string {
  const t = useMessages()
  return ({ caller, patient }) => {
    const name = patient && (patient.name ?? t('calls.patient.hidden'))
    if (caller && name) return `${caller} (${name})`
    return caller || name || ''
  }
}
