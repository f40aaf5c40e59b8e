/** A patient, the lines, the page itself as it will be printed; then it is issued, and stays as it is. */
import { useState } from 'react'
import { listBillable } from '#contract/fees'
import { PatientPicker } from '#practice/patients'
import { addressState, anId } from '#platform/ui/address-state.ts'
import { Card } from '#platform/ui/card.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { useMessages } from '#platform/ui/messages.tsx'
import { PageHeader } from '#platform/ui/page-header.tsx'
import { Skeleton } from '#platform/ui/skeleton.tsx'
import { ErrorState } from '#platform/ui/states.tsx'
import { useUrlState } from '#platform/ui/url-state.ts'
import { IssueForm } from './issue-form.tsx'

const State = addressState({ patient: anId })

export function NewNotePage() {
  const t = useMessages()
  const [{ patient }, change] = useUrlState(State)
  const { data, error, refetch } = useEndpoint(
    listBillable,
    { query: { patient: patient ?? '' } },
    { enabled: patient !== undefined },
  )
  const [picked, setPicked] = useState<{ id: string; name: string } | null>(null)
  const shown = picked ?? (patient && data ? data.patient : null)
  return (
    <>
      <PageHeader title={t('fees.note.new')} />
      <Card className="mb-4 max-w-xl">
        <PatientPicker
          label={t('fees.note.choose-patient')}
          value={shown}
          onChange={(next) => {
            setPicked(next)
            change({ patient: next?.id }, { replace: true })
          }}
        />
      </Card>
      {patient === undefined ? null : error && !data ? (
        <ErrorState error={error} onRetry={refetch} />
      ) : data && data.patient.id === patient ? (
        <IssueForm key={patient} billable={data} />
      ) : (
        <Skeleton height={240} width="100%" />
      )}
    </>
  )
}
