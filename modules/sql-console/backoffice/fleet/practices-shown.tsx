/** How what was read or simulated went in all practices, as far as it is. */
import { Ban, FlaskConical } from 'lucide-react'
import { cancelSqlFleet, type SqlFleet } from '#contract/sql-console'
import { Button } from '#platform/ui/button.tsx'
import { Card } from '#platform/ui/card.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { ButtonLink } from '#platform/ui/link.tsx'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { Progress } from '#platform/ui/progress.tsx'
import { useSession } from '#platform/ui/session.tsx'
import { codeInWords } from '../executing/execution-words.tsx'
import { verdictInWords } from '../report/verdict-words.ts'
import { sendTo } from './addresses.ts'
import { Squares } from './squares.tsx'

type PracticesShownProps = {
  fleet: SqlFleet
  chosen: string | null
  onChoose: (tenantId: string) => void
}

export function PracticesShown({ fleet, chosen, onChoose }: PracticesShownProps) {
  const t = useMessages()
  const formats = useFormats()
  const { practices, total, figures, state, mode, effects, rowCount, executing } = fleet
  // Where all fail alike none of them differs: why is said once.
  const codes = new Set(
    practices.flatMap(({ outcome, code }) => (outcome === 'failed' && code ? [code] : [])),
  )
  const over = total - figures.waiting
  const rows = t('sql.fleet.row-count', { count: rowCount, shown: formats.integer(rowCount) })
  return (
    <Card
      title={t(executing ? 'sql.fleet.simulated' : 'sql.fleet.practices')}
      actions={<Acts fleet={fleet} />}
    >
      {(state === 'waiting' || state === 'running') && (
        <div className="mb-3">
          <Progress
            label={t('sql.fleet.progress', { over: formats.integer(over), total: formats.integer(total) })}
            done={over}
            total={total}
          />
        </div>
      )}
      <Squares mode={mode} practices={practices} chosen={chosen} onChoose={onChoose} />
      <output className="mt-3 block text-13">
        {mode === 'read' ? rows : verdictInWords(effects, t, formats) || t('sql.verdict.nothing')}
      </output>
      {[...codes].map((code) => (
        <p key={code} className="mt-1 text-13 text-danger-ink">
          {codeInWords(code, t)}
        </p>
      ))}
    </Card>
  )
}

function Acts({ fleet: { id, state, by, execution } }: { fleet: SqlFleet }) {
  const t = useMessages()
  const { id: me } = useSession()
  const cancel = useEndpoint(cancelSqlFleet)
  if (by.id !== me) return null
  if (state === 'waiting' || state === 'running')
    return (
      <Button
        size="small"
        icon={Ban}
        loading={cancel.isPending}
        onClick={() => cancel.mutate({ params: { id } })}
      >
        {t('sql.fleet.cancel')}
      </Button>
    )
  // What is asked for, or was done, is no text to begin with.
  if (execution !== null) return null
  return (
    <ButtonLink to={sendTo({ again: id })} size="small" variant="ghost" icon={FlaskConical}>
      {t('sql.fleet.again')}
    </ButtonLink>
  )
}
