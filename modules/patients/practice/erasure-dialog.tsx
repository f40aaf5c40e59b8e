import { erasedKinds, erasePatient, keptKinds, previewErasure } from '#contract/patients'
import { useEndpoint } from '#platform/ui/data.ts'
import { DangerDialog } from '#platform/ui/dialog.tsx'
import { sentenceOf } from '#platform/ui/errors.ts'
import { useMessages } from '#platform/ui/messages.tsx'
import { Problem } from '#platform/ui/problem.tsx'
import { Skeleton } from '#platform/ui/skeleton.tsx'
import { notify } from '#platform/ui/toast.tsx'

export type ErasureDialogProps = {
  patientId: string | null
  /** The request that it answers. */
  requestId: string | null
  onClose: () => void
}

/** What goes and what stays, read before the name is typed: there is no way back. */
export function ErasureDialog({ patientId, requestId, onClose }: ErasureDialogProps) {
  const t = useMessages()
  const params = { id: patientId ?? '' }
  const erase = useEndpoint(erasePatient, {
    onSuccess: () => {
      notify.done({ title: t('patients.erase.done') })
      onClose()
    },
    onError: (problem) => notify.failed({ title: sentenceOf(problem, t) }),
  })
  // Of who is being erased nothing is asked any more.
  const enabled = patientId !== null && !erase.isPending && !erase.isSuccess
  const { data, error } = useEndpoint(previewErasure, { params }, { enabled })
  const waits = data && data.ahead > 0
  return (
    <DangerDialog
      open={patientId !== null}
      onOpenChange={(open) => !open && onClose()}
      title={t('patients.erase.title')}
      description={t('patients.erase.help')}
      action={t('patients.erase.submit')}
      typedName={data?.name}
      loading={erase.isPending || !data}
      onConfirm={() => {
        if (!data) return
        if (waits) return notify.failed({ title: t('patients.erase.ahead', { count: data.ahead }) })
        erase.mutate({ params, body: { typedName: data.name, requestId } })
      }}
    >
      {error && !data && <Problem>{sentenceOf(error, t)}</Problem>}
      {!error && !data && <Skeleton height={120} width="100%" />}
      {data && (
        <div className="flex flex-col gap-3 text-13">
          {waits && <Problem>{t('patients.erase.ahead', { count: data.ahead })}</Problem>}
          <Counts
            title={t('patients.erase.goes')}
            lines={[
              t('patients.erase.identity'),
              ...erasedKinds
                .filter((kind) => data.erased[kind] > 0)
                .map((kind) => t(`patients.erased.${kind}`, { count: data.erased[kind] })),
              t('patients.erased.notes.others'),
            ]}
          />
          <Counts
            title={t('patients.erase.stays')}
            lines={[
              ...keptKinds
                .filter((kind) => data.kept[kind] > 0)
                .map((kind) => t(`patients.kept.${kind}`, { count: data.kept[kind] })),
              t('patients.kept.help'),
            ]}
          />
        </div>
      )}
    </DangerDialog>
  )
}

function Counts({ title, lines }: { title: string; lines: readonly string[] }) {
  return (
    <div>
      <p className="font-medium">{title}</p>
      <ul className="mt-1 list-disc pl-5 text-ink-muted">
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </div>
  )
}
