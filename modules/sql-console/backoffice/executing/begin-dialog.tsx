import { Play } from 'lucide-react'
import { executeSqlFleet } from '#contract/sql-console'
import { ActDialog } from '#platform/ui/act-dialog.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { verdictInWords } from '../report/verdict-words.ts'
import { useEnvironment } from '../fleet/fleet-band.tsx'
import { useTypedName } from '../requests/typed-name.tsx'
import type { FleetDialogProps } from './decide-fleet-dialogs.tsx'

/** What stays: in production, how many practices it is about is typed first. */
export function BeginDialog({ fleet, executing, onClose }: FleetDialogProps) {
  const t = useMessages()
  const formats = useFormats()
  const environment = useEnvironment()
  const { total, effects, automatic } = executing
  const name = t('sql.fleet.count', { count: total, shown: formats.integer(total) })
  const typed = useTypedName(name, environment === 'production')
  const begin = useEndpoint(executeSqlFleet, { onSuccess: onClose })
  const canary = fleet.practices.find(({ execution }) => execution?.wave === 0)
  return (
    <ActDialog
      title={t('sql.fleet.begin.title', { name })}
      description={verdictInWords(effects, t, formats)}
      effects={[
        t('sql.fleet.begin.canary', { name: canary?.name ?? '' }),
        t(automatic ? 'sql.fleet.begin.automatic' : 'sql.fleet.begin.by-hand'),
        t('sql.fleet.ask.drift'),
        t('sql.execute.kept'),
      ]}
      action={t('sql.execute')}
      icon={Play}
      danger
      disabled={environment === undefined || !typed.isTyped}
      running={begin.isPending}
      error={begin.error}
      onSubmit={() => begin.mutate({ params: { id: fleet.id } })}
      onClose={onClose}
    >
      {typed.field}
    </ActDialog>
  )
}
