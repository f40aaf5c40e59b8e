import { Archive, ArchiveRestore, FileText, Pencil, Trash2 } from 'lucide-react'
import type { RowAction } from '#platform/ui/data-table.tsx'
import type { Translate } from '#platform/ui/messages.tsx'
import { editTo, patientTo } from './addresses.ts'
import type { PatientActs } from './patient-acts.ts'
import type { Named } from './patient-words.tsx'

type Acted = Named & { id: string; archivedAt: string | null; trashedAt: string | null }
type Given = { t: Translate; may: (permission: string) => boolean; acts: PatientActs }

/** What one can do with a patient from their line. */
export function rowActions(patient: Acted, given: Given): RowAction[] {
  const { t } = given
  return [
    { label: t('patients.open'), icon: FileText, to: patientTo(patient.id) },
    ...(given.may('patients.manage') && !patient.trashedAt
      ? [{ label: t('patients.edit'), icon: Pencil, to: editTo(patient.id), quick: true }]
      : []),
    ...placing(patient, given),
  ]
}

/** Where a file may be put from where it lies. */
export function placing(patient: Acted, { t, may, acts }: Given): RowAction[] {
  if (!may('patients.manage')) return []
  if (patient.trashedAt)
    return [
      {
        label: t('patients.restore'),
        icon: ArchiveRestore,
        quick: true,
        onSelect: () => acts.restore(patient),
      },
    ]
  return [
    patient.archivedAt
      ? { label: t('patients.unarchive'), icon: ArchiveRestore, onSelect: () => acts.unarchive(patient) }
      : { label: t('patients.archive'), icon: Archive, onSelect: () => acts.archive(patient) },
    {
      label: t('patients.trash'),
      icon: Trash2,
      danger: true,
      group: ' ',
      onSelect: () => acts.trash(patient),
    },
  ]
}
