/** What a colleague is called, and the words and colours of their states and roles. */
import { StaffState, type StaffMember } from '#contract/identity'
import { Badge, type Tone } from '#platform/ui/badge.tsx'
import { type MessageKey, type Translate, useFormats, useMessages } from '#platform/ui/messages.tsx'

type Named = Pick<StaffMember, 'firstName' | 'lastName'>
type NamedRole = { key: string; name: string | null }

/** « Karim Benali », as one speaks of someone. */
export const spokenName = ({ firstName, lastName }: Named) => `${firstName} ${lastName}`.trim()
/** « Benali Karim », as lists are sorted. */
export const listedName = ({ firstName, lastName }: Named) => `${lastName} ${firstName}`.trim()

export const staffStates = StaffState.options

const tones: Record<StaffState, Tone> = {
  invited: 'info',
  enrolling: 'warning',
  active: 'success',
  suspended: 'danger',
}

export function StateBadge({ state }: { state: StaffState }) {
  const t = useMessages()
  return <Badge tone={tones[state]}>{t(`identity.staff.state.${state}`)}</Badge>
}

/** Built-in roles have their names in the messages of the module `access`; people named the others. */
export function roleName({ key, name }: NamedRole, t: Translate): string {
  return name ?? t(`access.role.${key}` as MessageKey)
}

/** « Consulter les clients »; a right nobody has put into words yet shows its technical name. */
export function permissionName(permission: string, t: Translate): string {
  const key = `access.permission.${permission}` as MessageKey // asked for on the next line
  const known = t(key)
  return known === key ? permission : known
}

type RoleTagsProps = {
  roles: readonly (NamedRole & { id: string })[]
  /** The others are counted. */
  most?: number
}

/** Roles, highest first; they are no states, so they carry no colour. */
export function RoleTags({ roles, most = Infinity }: RoleTagsProps) {
  const t = useMessages()
  const formats = useFormats()
  const rest = roles.slice(most).map((role) => roleName(role, t))
  return (
    <span className="inline-flex max-w-full flex-wrap items-center gap-1">
      {roles.slice(0, most).map((role) => (
        <RoleTag key={role.id}>{roleName(role, t)}</RoleTag>
      ))}
      {rest.length > 0 && (
        <span className="text-12 text-ink-muted" title={formats.list(rest)}>
          {t('identity.staff.roles.more', { count: rest.length })}
        </span>
      )}
    </span>
  )
}

export function RoleTag({ children }: { children: string }) {
  return (
    <span className="inline-flex h-5 max-w-full items-center rounded-small border border-line-strong px-1.5 text-12">
      <span className="truncate">{children}</span>
    </span>
  )
}
