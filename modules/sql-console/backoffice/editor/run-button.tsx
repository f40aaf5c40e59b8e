import { FlaskConical, Play, Square } from 'lucide-react'
import { Button } from '#platform/ui/button.tsx'
import { type Translate, useMessages } from '#platform/ui/messages.tsx'
import { Elapsed } from './elapsed.tsx'
import type { SqlTab } from './kept-tabs.ts'
import type { Meant } from './meant.ts'
import type { Running } from './use-runs.ts'

type RunButtonProps = {
  meant: Meant
  mode: SqlTab['mode']
  running: Running | undefined
  disabled: boolean
  onRun: () => void
  onCancel: () => void
}

/** Says what it runs; while it runs, how long already, and ends it. */
export function RunButton({ meant, mode, running, disabled, onRun, onCancel }: RunButtonProps) {
  const t = useMessages()
  if (running)
    return (
      <Button
        variant="danger"
        icon={Square}
        loading={running.isCancelled}
        onClick={onCancel}
        className="max-sm:flex-1"
      >
        {t('sql.cancel')} <Elapsed since={running.startedAt} />
      </Button>
    )
  return (
    <Button
      variant="primary"
      icon={mode === 'read' ? Play : FlaskConical}
      disabled={disabled}
      onClick={onRun}
      className="max-sm:flex-1"
      data-tip={t(`sql.run.${mode}.tip`)}
      data-tip-keys="mod+enter"
    >
      {labelOf(meant, mode, t)}
    </Button>
  )
}

function labelOf(meant: Meant, mode: SqlTab['mode'], t: Translate): string {
  if (meant.what === 'all') return t(`sql.run.${mode}`)
  if (meant.what === 'selection') return t(`sql.run.${mode}.selection`)
  return t('sql.run.read.statement', { n: meant.n, of: meant.of })
}
