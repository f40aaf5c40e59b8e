import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { getPatient, type Patient, updatePatient } from '#contract/patients'
import { Card } from '#platform/ui/card.tsx'
import { keyOf, useEndpoint } from '#platform/ui/data.ts'
import { Form } from '#platform/ui/form.tsx'
import { useGo, usePathParam } from '#platform/ui/link.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { PageHeader } from '#platform/ui/page-header.tsx'
import { Problem } from '#platform/ui/problem.tsx'
import { Skeleton } from '#platform/ui/skeleton.tsx'
import { notify } from '#platform/ui/toast.tsx'
import { patientTo } from './addresses.ts'
import { differences, draftOf, wire } from './draft.ts'
import { PatientFields } from './patient-fields.tsx'
import { PatientUnreadable } from './patient-unreadable.tsx'
import { spokenName } from './patient-words.tsx'

export function EditPatientPage() {
  const t = useMessages()
  const { data, error, refetch } = useEndpoint(getPatient, { params: { id: usePathParam('id') } })
  if (data) return <Fields patient={data} />
  if (error) return <PatientUnreadable error={error} retry={refetch} />
  return (
    <div className="mx-auto max-w-3xl">
      <PageHeader title={t('patients.edit')} />
      <Card>
        <Skeleton height={320} width="100%" />
      </Card>
    </div>
  )
}

function Fields({ patient }: { patient: Patient }) {
  const t = useMessages()
  const go = useGo()
  const queries = useQueryClient()
  const { id } = patient
  // What one began from: somebody else may save meanwhile, and is not overwritten unseen.
  const [seen, setSeen] = useState(patient)
  const [draft, setDraft] = useState(() => draftOf(patient))
  const [theirs, setTheirs] = useState<string[] | null>(null)
  const changed = differences(draft, draftOf(seen))
  const save = useEndpoint(updatePatient, {
    onSuccess: (saved) => {
      queries.setQueryData(keyOf(getPatient, { params: { id } }), saved)
      notify.done({ title: t('patients.saved', { name: spokenName(saved) }) })
      go(patientTo(id), { replace: true })
    },
    onError: (error) => {
      if (error.code !== 'patient_changed') return
      const { current } = error.details as { current: Patient } // as the server refuses
      const [before, now] = [draftOf(seen), draftOf(current)]
      const byThem = differences(before, now)
      // What only they changed is taken over, what one typed oneself is kept, and both are said.
      setDraft({ ...now, ...Object.fromEntries(changed.map((field) => [field, draft[field]])) })
      setSeen(current)
      setTheirs(byThem.map((field) => t(`patients.field.${field}`)))
    },
  })
  return (
    <div className="mx-auto max-w-3xl">
      <PageHeader title={spokenName(patient)} />
      <Card>
        <Form
          submit={t('patients.save')}
          saving={save.isPending || save.isSuccess}
          error={theirs ? null : save.error}
          dirty={changed.length > 0}
          onSubmit={() => {
            if (changed.length === 0) return go(patientTo(id))
            setTheirs(null)
            save.mutate({ params: { id }, body: { revision: seen.revision, ...wire(draft, changed) } })
          }}
          onCancel={() => go(patientTo(id))}
        >
          {theirs && <Problem>{t('patients.changed-meanwhile', { fields: theirs.join(', ') })}</Problem>}
          <PatientFields draft={draft} onChange={setDraft} />
        </Form>
      </Card>
    </div>
  )
}
