/** The buttons of the header: light, what they open comes when asked for. */
import { ListTodo, LoaderCircle, SunMoon } from 'lucide-react'
import type { ComponentProps } from 'react'
import { getSession } from '#contract/identity'
import { listJobs } from '#platform/contract/jobs.ts'
import { Avatar } from '#platform/ui/avatar.tsx'
import { buttonClass } from '#platform/ui/button.tsx'
import { cx } from '#platform/ui/cx.ts'
import { useEndpoint } from '#platform/ui/data.ts'
import { IconButton } from '#platform/ui/icon-button.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { useSession } from '#platform/ui/session.tsx'
import { Tooltip } from '#platform/ui/tooltip.tsx'

type TriggerProps = Omit<ComponentProps<'button'>, 'children'>

export function DisplayTrigger(props: TriggerProps) {
  const t = useMessages()
  return <IconButton icon={SunMoon} label={t('shell.display')} size="small" {...props} />
}

export function AccountTrigger({ className, ...rest }: TriggerProps) {
  const t = useMessages()
  const { name } = useSession()
  return (
    <button type="button" className={cx('relative ml-1 flex rounded-full touch:p-1.5', className)} {...rest}>
      <Avatar name={name} />
      <span className="sr-only">{t('shell.account', { name })}</span>
      {useOneFactorOnly() && (
        <span
          aria-hidden
          className="absolute -top-px -right-px size-2.5 rounded-full border-2 border-canvas bg-info touch:top-1 touch:right-1"
        />
      )}
    </button>
  )
}

/** Whether one lost telephone locks the person out: the menu leads to where that can be mended. */
export function useOneFactorOnly(): boolean {
  // Only looks at what is known: asking is for who stands above.
  const { data } = useEndpoint(getSession, {}, { enabled: false })
  return data?.oneFactorOnly ?? false
}

/** Says how much long work is under way. */
export function JobTrigger({ className, ...rest }: TriggerProps) {
  const t = useMessages()
  const { data } = useEndpoint(listJobs)
  const running = data?.rows.filter(({ state }) => state === 'running' || state === 'waiting').length ?? 0
  const label = running > 0 ? t('shell.jobs.running', { count: running }) : t('shell.jobs')
  const Icon = running > 0 ? LoaderCircle : ListTodo
  return (
    <Tooltip text={label}>
      <button
        type="button"
        aria-label={label}
        className={cx(buttonClass({ variant: 'ghost', size: 'small' }), 'min-w-control-small', className)}
        {...rest}
      >
        <Icon aria-hidden size={16} className={running > 0 ? 'animate-spin text-accent-ink' : ''} />
        {running > 0 && <span className="text-12 tabular-nums">{running}</span>}
      </button>
    </Tooltip>
  )
}
