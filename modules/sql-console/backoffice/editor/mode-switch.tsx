import { Eye, FlaskConical, Lock } from 'lucide-react'
import { useId } from 'react'
import { cx } from '#platform/ui/cx.ts'
import { useMessages } from '#platform/ui/messages.tsx'
import { useMay } from '#platform/ui/session.tsx'
import { Tooltip } from '#platform/ui/tooltip.tsx'
import type { SqlTab } from './kept-tabs.ts'

type ModeSwitchProps = { value: SqlTab['mode']; onChange: (mode: SqlTab['mode']) => void }

const pictures = { read: Eye, simulate: FlaskConical }
const part = 'inline-flex h-full items-center gap-1.5 px-2.5 text-13 font-medium whitespace-nowrap'

/** Nothing is executed from here: that is asked for from a simulation, and stands beside only to say so. */
export function ModeSwitch({ value, onChange }: ModeSwitchProps) {
  const t = useMessages()
  const may = useMay()
  const name = useId()
  const modes = (['read', 'simulate'] as const).filter((mode) => may(`sql.${mode}`))
  return (
    <fieldset className="flex h-control shrink-0 overflow-hidden rounded-control border border-line-strong bg-surface">
      <legend className="sr-only">{t('sql.mode')}</legend>
      {modes.map((mode) => {
        const Picture = pictures[mode]
        return (
          <label
            key={mode}
            className={cx(
              part,
              'relative cursor-pointer border-r border-line-strong has-focus-visible:outline-2 has-focus-visible:-outline-offset-2 has-focus-visible:outline-accent',
              value === mode ? 'bg-accent text-on-accent' : 'hover:bg-hover',
            )}
          >
            <input
              type="radio"
              name={name}
              checked={value === mode}
              onChange={() => onChange(mode)}
              className="absolute inset-0 cursor-pointer opacity-0"
            />
            <Picture aria-hidden size={14} />
            {t(`sql.mode.${mode}`)}
          </label>
        )
      })}
      <Tooltip text={t('sql.mode.execute.how')}>
        <button type="button" aria-disabled className={cx(part, 'cursor-default text-ink-muted')}>
          <Lock aria-hidden size={14} />
          {t('sql.mode.execute')}
          <span className="sr-only">{t('sql.mode.execute.how')}</span>
        </button>
      </Tooltip>
    </fieldset>
  )
}
