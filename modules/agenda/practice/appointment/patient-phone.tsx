import { Phone } from 'lucide-react'
import { listPatients } from '#contract/patients'
import { buttonClass } from '#platform/ui/button.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { useMessages } from '#platform/ui/messages.tsx'
import { useMay } from '#platform/ui/session.tsx'
import { Fact } from './facts.tsx'

/** How to reach them: as the list of patients has it, so that looking at an agenda opens nobody's file. */
export function PatientPhone({ patient }: { patient: { id: string; name: string | null } }) {
  const t = useMessages()
  const may = useMay()
  const { data } = useEndpoint(
    listPatients,
    { query: { q: (patient.name ?? '').slice(0, 100), state: 'any', limit: 20 } },
    { enabled: may('patients.read') && patient.name !== null },
  )
  const found = data?.rows.find(({ id }) => id === patient.id)
  if (!found?.phone) return null
  return (
    <Fact label={t('agenda.phone')}>
      <a href={`tel:${found.phoneDialled || found.phone}`} className={buttonClass({ size: 'small' })}>
        <Phone aria-hidden size={14} />
        <span className="tabular-nums">{found.phone}</span>
      </a>
    </Fact>
  )
}
