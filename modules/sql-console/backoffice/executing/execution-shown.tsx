import type { FleetExecution, SqlFleet } from '#contract/sql-console'
import { Card } from '#platform/ui/card.tsx'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { verdictInWords } from '../report/verdict-words.ts'
import { effectsIn } from './execution-words.tsx'
import { Amiss, isAmiss } from './amiss.tsx'
import { Waves } from './waves.tsx'

type ExecutionShownProps = {
  fleet: SqlFleet
  executing: FleetExecution
  chosen: string | null
  onChoose: (tenantId: string) => void
}

/** What it does in all, in which order, and where it was not done. */
export function ExecutionShown({ fleet, executing, chosen, onChoose }: ExecutionShownProps) {
  const t = useMessages()
  const formats = useFormats()
  const amiss = fleet.practices.filter(isAmiss).length
  return (
    <>
      {amiss > 0 && (
        <Card flush title={t('sql.fleet.amiss', { count: amiss, shown: formats.integer(amiss) })}>
          <Amiss practices={fleet.practices} onChoose={onChoose} />
        </Card>
      )}
      <Card title={t('sql.fleet.waves')}>
        <Waves fleet={fleet} executing={executing} chosen={chosen} onChoose={onChoose} />
        <p className="mt-3 text-13">
          {t(executing.state === 'executed' ? 'sql.fleet.executed-effects' : 'sql.fleet.approved-effects', {
            effects: verdictInWords(effectsIn(fleet.practices), t, formats),
          })}
        </p>
      </Card>
    </>
  )
}
