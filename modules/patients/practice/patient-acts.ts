/** Acts on patients, each with its way back: done at once, undone from the toast. */
import { archivePatient, restorePatient, trashPatient, unarchivePatient } from '#contract/patients'
import type { ApiError } from '#platform/ui/api-error.ts'
import { useEndpoint } from '#platform/ui/data.ts'
import { sentenceOf } from '#platform/ui/errors.ts'
import { useMessages } from '#platform/ui/messages.tsx'
import { notify } from '#platform/ui/toast.tsx'
import { type Named, spokenName } from './patient-words.tsx'

type One = Named & { id: string }

export function usePatientActs() {
  const t = useMessages()
  const onError = (error: ApiError) => notify.failed({ title: sentenceOf(error, t) })
  const params = ({ id }: One) => ({ params: { id } })
  const restoring = useEndpoint(restorePatient, {
    onError,
    onSuccess: (patient) => notify.done({ title: t('patients.restored', { name: spokenName(patient) }) }),
  })
  const trashing = useEndpoint(trashPatient, {
    onError,
    onSuccess: (patient) =>
      notify.done({
        title: t('patients.put-in-trash', { name: spokenName(patient) }),
        undo: () => restoring.mutate(params(patient)),
      }),
  })
  const unarchiving = useEndpoint(unarchivePatient, {
    onError,
    onSuccess: (patient) => notify.done({ title: t('patients.unarchived', { name: spokenName(patient) }) }),
  })
  const archiving = useEndpoint(archivePatient, {
    onError,
    onSuccess: (patient) =>
      notify.done({
        title: t('patients.archived', { name: spokenName(patient) }),
        undo: () => unarchiving.mutate(params(patient)),
      }),
  })
  return {
    trash: (patient: One) => trashing.mutate(params(patient)),
    restore: (patient: One) => restoring.mutate(params(patient)),
    archive: (patient: One) => archiving.mutate(params(patient)),
    unarchive: (patient: One) => unarchiving.mutate(params(patient)),
  }
}

export type PatientActs = ReturnType<typeof usePatientActs>
