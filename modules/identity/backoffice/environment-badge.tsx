import { getEnvironment } from '#contract/identity'
import { cx } from '#platform/ui/cx.ts'
import { useEndpoint } from '#platform/ui/data.ts'
import { useMessages } from '#platform/ui/messages.tsx'
import { Tooltip } from '#platform/ui/tooltip.tsx'

const looks = {
  demonstration: 'bg-info-soft text-info-ink',
  development: 'bg-neutral-soft text-neutral-ink',
  test: 'bg-neutral-soft text-neutral-ink',
  staging: 'bg-warning-soft text-warning-ink',
  production: 'bg-danger-soft text-danger-ink',
}

/** Which installation one works on: nobody should ever have to wonder. */
export function EnvironmentBadge() {
  const t = useMessages()
  const { data } = useEndpoint(getEnvironment)
  if (!data) return null
  const name = t(`identity.environment.${data.name}`)
  return (
    <Tooltip text={t('identity.environment.help', { name })}>
      <span
        className={cx(
          'flex h-5 items-center rounded-small px-1.5 text-12 font-medium whitespace-nowrap',
          looks[data.name],
        )}
      >
        {name}
      </span>
    </Tooltip>
  )
}

/** The same for who is not signed in: the real installation says nothing of itself. */
export function InstallationBadge() {
  const { data } = useEndpoint(getEnvironment)
  return data && data.name !== 'production' ? <EnvironmentBadge /> : null
}
