import { Filter, Lock, Users } from 'lucide-react'
import type { Role } from '#contract/access'
import { Link } from '#platform/ui/link.tsx'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { Tooltip } from '#platform/ui/tooltip.tsx'
import { RoleMenu, type RoleActs } from '../role/role-menu.tsx'
import { isLimited, limitsInWords, roleName } from '../words.ts'

type ColumnHeadProps = { role: Role; lock: string | null; holdersTo: string | null; acts: RoleActs }

/** A role over its column: what it is called, where it stands, who has it, and what can be done with it. */
export function ColumnHead({ role, lock, holdersTo, acts }: ColumnHeadProps) {
  const t = useMessages()
  const formats = useFormats()
  const name = roleName(role, t)
  return (
    <th
      scope="col"
      aria-label={name}
      className="sticky top-0 z-2 h-26 w-24 max-w-24 min-w-24 border-b border-l border-line bg-surface p-0 align-top font-regular"
    >
      <div className="flex h-full flex-col items-center gap-0.5 px-0.5 pt-2 pb-1.5 text-center">
        <span
          className="line-clamp-2 min-h-8 text-12 leading-4 font-semibold wrap-break-word"
          title={role.description ?? undefined}
        >
          {name}
        </span>
        <span className="flex items-center gap-1 text-12 text-ink-muted tabular-nums">
          {t('access.level.short', { level: role.level })}
          {lock !== null && <Sign icon={Lock} text={lock} />}
          {isLimited(role.limits) && (
            <Sign
              icon={Filter}
              text={t('access.limited-to', { limits: limitsInWords(role.limits, t, formats) })}
            />
          )}
        </span>
        <span className="mt-auto flex items-center gap-0.5">
          <Holders count={role.holders} role={name} to={holdersTo} />
          <RoleMenu role={role} acts={acts} />
        </span>
      </div>
    </th>
  )
}

function Sign({ icon: Icon, text }: { icon: typeof Lock; text: string }) {
  return (
    <Tooltip text={text}>
      {/* Reached by hovering; the cells below say the same to who does not hover. */}
      {/* oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- drawn, not loaded */}
      <Icon role="img" aria-label={text} size={12} className="shrink-0 text-ink-muted" />
    </Tooltip>
  )
}

/** How many hold the role; leads to them. */
export function Holders({ count, role, to }: { count: number; role: string; to: string | null }) {
  const t = useMessages()
  const formats = useFormats()
  const shown = (
    <>
      <Users aria-hidden size={12} />
      {formats.integer(count)}
    </>
  )
  const look = 'inline-flex h-6 items-center gap-1 rounded-small px-1 text-12 tabular-nums text-ink-muted'
  const label = t('access.holders.of', { count, role })
  return to ? (
    <Link to={to} aria-label={label} className={`${look} hover:bg-hover hover:text-ink`}>
      {shown}
    </Link>
  ) : (
    <span className={look}>
      <span aria-hidden className="contents">
        {shown}
      </span>
      <span className="sr-only">{label}</span>
    </span>
  )
}
