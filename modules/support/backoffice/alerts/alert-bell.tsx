/** In the header of every page: how much one was told of promises and has not seen yet. */
import { Bell, BellDot } from 'lucide-react'
import type { ComponentProps } from 'react'
import { listAlerts } from '#contract/support'
import { buttonClass } from '#platform/ui/button.tsx'
import { cx } from '#platform/ui/cx.ts'
import { useEndpoint } from '#platform/ui/data.ts'
import { useMessages } from '#platform/ui/messages.tsx'
import { onDemand } from '#platform/ui/on-demand.tsx'
import { useMay } from '#platform/ui/session.tsx'
import { Tooltip } from '#platform/ui/tooltip.tsx'
import { withWords } from '#platform/ui/words.ts'

const AlertTray = onDemand(AlertTrigger, () =>
  withWords(
    ['support'],
    import('./alert-tray.tsx').then((module) => module.AlertTray),
  ),
)

/** Nothing for whoever reads no tickets. */
export function AlertBell() {
  const may = useMay()
  return may('tickets.read') && <AlertTray />
}

const shownAtMost = 99

export function AlertTrigger({ className, ...rest }: Omit<ComponentProps<'button'>, 'children'>) {
  const t = useMessages()
  const { data } = useEndpoint(listAlerts)
  const unseen = data?.unseen ?? 0
  const label = unseen > 0 ? t('shell.alerts.unseen', { count: unseen }) : t('shell.alerts')
  const Icon = unseen > 0 ? BellDot : Bell
  return (
    <Tooltip text={label}>
      <button
        type="button"
        aria-label={label}
        className={cx(buttonClass({ variant: 'ghost', size: 'small' }), 'min-w-control-small', className)}
        {...rest}
      >
        <Icon aria-hidden size={16} className={unseen > 0 ? 'text-danger-ink' : ''} />
        {unseen > 0 && (
          <span className="text-12 tabular-nums">{unseen > shownAtMost ? `${shownAtMost}+` : unseen}</span>
        )}
      </button>
    </Tooltip>
  )
}
