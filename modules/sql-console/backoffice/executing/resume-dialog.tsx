import { Play } from 'lucide-react'
import { useState } from 'react'
import { resumeSqlFleetExecution } from '#contract/sql-console'
import { ActDialog } from '#platform/ui/act-dialog.tsx'
import { Checkbox } from '#platform/ui/checkbox.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import type { FleetDialogProps } from './decide-fleet-dialogs.tsx'
import { StandBadge, standOf } from './execution-words.tsx'

/** The next wave, or what is left after a stop: whoever drifted or failed is left out, unless it is to be tried again. */
export function ResumeDialog({ fleet, executing, onClose }: FleetDialogProps) {
  const t = useMessages()
  const formats = useFormats()
  const { practices } = fleet
  const amiss = practices.filter((one) => ['drifted', 'failed'].includes(standOf(one)))
  const [leftOut, setLeftOut] = useState<ReadonlySet<string>>(
    () => new Set(amiss.map(({ tenantId }) => tenantId)),
  )
  const resume = useEndpoint(resumeSqlFleetExecution, { onSuccess: onClose })
  const next = executing.wave
  const left = practices.filter(
    ({ execution, tenantId }) =>
      execution?.wave === next &&
      (execution.state === 'waiting' ||
        (amiss.some((one) => one.tenantId === tenantId) && !leftOut.has(tenantId))),
  ).length
  const put = (id: string, isLeftOut: boolean) => {
    const ids = new Set(leftOut)
    if (isLeftOut) ids.add(id)
    else ids.delete(id)
    setLeftOut(ids)
  }
  return (
    <ActDialog
      title={t(executing.state === 'paused' ? 'sql.fleet.next' : 'sql.fleet.resume')}
      effects={[
        t('sql.fleet.resume.where', { n: next + 1, count: left, shown: formats.integer(left) }),
        t(executing.automatic ? 'sql.fleet.begin.automatic' : 'sql.fleet.begin.by-hand'),
        t('sql.fleet.ask.drift'),
      ]}
      action={t(executing.state === 'paused' ? 'sql.fleet.next' : 'sql.fleet.resume')}
      icon={Play}
      danger
      running={resume.isPending}
      error={resume.error}
      onSubmit={() => resume.mutate({ params: { id: fleet.id }, body: { leaveOut: [...leftOut] } })}
      onClose={onClose}
    >
      {amiss.length > 0 && (
        <fieldset className="min-w-0">
          <legend className="mb-1 text-13 font-medium">{t('sql.fleet.resume.aside')}</legend>
          <ul className="max-h-44 overflow-auto rounded-control border border-line">
            {amiss.map((practice) => (
              <li
                key={practice.tenantId}
                className="flex items-center gap-2 border-b border-line px-3 py-1.5 text-13 last:border-b-0"
              >
                <Checkbox
                  checked={leftOut.has(practice.tenantId)}
                  onChange={(isLeftOut) => put(practice.tenantId, isLeftOut)}
                  label={t('sql.fleet.resume.aside.one', { name: practice.name })}
                />
                <span className="min-w-0 flex-1 truncate">{practice.name}</span>
                <StandBadge stand={standOf(practice)} />
              </li>
            ))}
          </ul>
          <p className="mt-1 text-12 text-ink-muted">{t('sql.fleet.resume.aside.help')}</p>
        </fieldset>
      )}
    </ActDialog>
  )
}
