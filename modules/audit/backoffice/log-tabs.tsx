/** The parts of the log, for who may see them: what happened, whether it can be trusted, what was erased. */
import { cx } from '#platform/ui/cx.ts'
import { Link } from '#platform/ui/link.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { erasuresTo, integrityTo, logTo } from './addresses.ts'

export function LogTabs() {
  const t = useMessages()
  const here = location.pathname
  const parts = [
    { to: logTo(), label: t('audit.part.entries') },
    { to: integrityTo, label: t('audit.part.integrity') },
    { to: erasuresTo, label: t('audit.part.erasures') },
  ]
  return (
    <nav aria-label={t('audit.parts')} className="flex gap-4 border-b border-line">
      {parts.map(({ to, label }) => (
        <Link
          key={to}
          to={to}
          {...(here === to && { 'aria-current': 'page' as const })}
          className={cx(
            'flex h-9 items-center rounded-small border-b-2 text-13 font-medium whitespace-nowrap hover:text-ink touch:h-10',
            here === to ? 'border-accent text-ink' : 'border-transparent text-ink-muted',
          )}
        >
          {label}
        </Link>
      ))}
    </nav>
  )
}
