import { useState } from 'react'
import { createPatient } from '#contract/patients'
import { Card } from '#platform/ui/card.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { Form } from '#platform/ui/form.tsx'
import { useGo } from '#platform/ui/link.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { PageHeader } from '#platform/ui/page-header.tsx'
import { notify } from '#platform/ui/toast.tsx'
import { listTo, patientTo } from './addresses.ts'
import { Doubles } from './doubles.tsx'
import { differences, emptyDraft, wire } from './draft.ts'
import { PatientFields } from './patient-fields.tsx'
import { spokenName } from './patient-words.tsx'

/** A name is enough to begin with. */
export function NewPatientPage() {
  const t = useMessages()
  const go = useGo()
  const [draft, setDraft] = useState(emptyDraft)
  const create = useEndpoint(createPatient, {
    onSuccess: (patient) => {
      notify.done({ title: t('patients.created.done', { name: spokenName(patient) }) })
      go(patientTo(patient.id), { replace: true })
    },
  })
  const { firstName, lastName, phone } = draft
  const filled = differences(draft, emptyDraft)
  return (
    <div className="mx-auto max-w-3xl">
      <PageHeader title={t('patients.new')} />
      <Card>
        <Form
          submit={t('patients.new.submit')}
          saving={create.isPending || create.isSuccess}
          error={create.error}
          dirty={filled.length > 0}
          onSubmit={() => create.mutate({ body: { ...wire(draft, filled), firstName, lastName } })}
          onCancel={() => go(listTo())}
        >
          <p className="text-13 text-ink-muted">{t('patients.new.help')}</p>
          <PatientFields draft={draft} onChange={setDraft} folded>
            <Doubles firstName={firstName} lastName={lastName} phone={phone} />
          </PatientFields>
        </Form>
      </Card>
    </div>
  )
}
