import { Pencil, Plus, Trash2 } from 'lucide-react'
import { type Patient, type Relative, removeRelative } from '#contract/patients'
import { Badge } from '#platform/ui/badge.tsx'
import { Button } from '#platform/ui/button.tsx'
import { Card } from '#platform/ui/card.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { sentenceOf } from '#platform/ui/errors.ts'
import { IconButton } from '#platform/ui/icon-button.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { notify } from '#platform/ui/toast.tsx'
import { linkClass, spokenName } from './patient-words.tsx'
import { addRelative } from '#contract/patients'

type RelativesCardProps = {
  patient: Patient
  /** Who may change them; opens the dialog, on one of them or for somebody new. */
  onOpen: ((relative: Relative | 'new') => void) | undefined
}

/** Who stands beside a patient: who answers for them, whom to call. */
export function RelativesCard({ patient, onOpen }: RelativesCardProps) {
  const t = useMessages()
  const onError = (error: Parameters<typeof sentenceOf>[0]) => notify.failed({ title: sentenceOf(error, t) })
  const params = { id: patient.id }
  const back = useEndpoint(addRelative, { onError })
  const remove = useEndpoint(removeRelative, { onError })
  const leave = ({ id, role, firstName, lastName, phone, email, pays }: Relative) =>
    remove.mutate(
      { params: { ...params, relativeId: id } },
      {
        onSuccess: () =>
          notify.done({
            title: t('patients.relative.removed', { name: spokenName({ firstName, lastName }) }),
            undo: () => back.mutate({ params, body: { role, firstName, lastName, phone, email, pays } }),
          }),
      },
    )
  return (
    <Card
      title={t('patients.relatives')}
      actions={
        onOpen && (
          <Button size="small" icon={Plus} onClick={() => onOpen('new')}>
            {t('patients.relative.add')}
          </Button>
        )
      }
    >
      {patient.relatives.length === 0 && (
        <p className="text-13 text-ink-muted">{t('patients.relatives.none')}</p>
      )}
      <ul className="flex flex-col">
        {patient.relatives.map((relative) => (
          <li
            key={relative.id}
            className="flex min-h-11 items-start gap-3 border-t border-line py-2 text-13 first:border-t-0"
          >
            <div className="min-w-0 flex-1">
              <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
                <span className="font-medium wrap-anywhere">{spokenName(relative)}</span>
                <span className="text-ink-muted">{t(`patients.role.${relative.role}`)}</span>
                {relative.pays && <Badge tone="info">{t('patients.relative.pays.short')}</Badge>}
              </p>
              <p className="flex flex-wrap gap-x-3 text-12">
                {relative.phone && (
                  <a href={`tel:${relative.phoneDialled}`} className={`${linkClass} tabular-nums`}>
                    {relative.phoneShown}
                  </a>
                )}
                {relative.email && (
                  <a href={`mailto:${relative.email}`} className={`${linkClass} wrap-anywhere`}>
                    {relative.email}
                  </a>
                )}
              </p>
            </div>
            {onOpen && (
              <div className="flex shrink-0">
                <IconButton
                  icon={Pencil}
                  size="small"
                  label={t('patients.relative.edit', { name: spokenName(relative) })}
                  onClick={() => onOpen(relative)}
                />
                <IconButton
                  icon={Trash2}
                  size="small"
                  label={t('patients.relative.remove', { name: spokenName(relative) })}
                  onClick={() => leave(relative)}
                />
              </div>
            )}
          </li>
        ))}
      </ul>
    </Card>
  )
}
