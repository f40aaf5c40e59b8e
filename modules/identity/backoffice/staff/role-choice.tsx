import type { Role } from '#contract/access'
import { useMessages } from '#platform/ui/messages.tsx'
import { Skeleton } from '#platform/ui/skeleton.tsx'
import { ErrorState } from '#platform/ui/states.tsx'
import { useKnownRoles, useWhyNot } from './known-roles.ts'
import { RoleOption } from './role-option.tsx'

type RoleChoiceProps = {
  chosen: ReadonlySet<string>
  /** What the person holds already, which is not given but kept. */
  held?: ReadonlySet<string>
  onChange: (chosen: ReadonlySet<string>) => void
  error?: string | undefined
}

/** Every role with what it gives: first those one may give, then the others with the reason why not. */
export function RoleChoice({ chosen, held, onChange, error }: RoleChoiceProps) {
  const t = useMessages()
  const { data, error: unread, refetch } = useKnownRoles()
  const whyNot = useWhyNot(data?.roles)
  if (unread) return <ErrorState error={unread} onRetry={refetch} />
  const reasonFor = (role: Role) => (held?.has(role.id) ? null : whyNot(role))
  const roles = data?.roles.toSorted(
    (one, other) => Number(reasonFor(one) !== null) - Number(reasonFor(other) !== null),
  )
  const toggle = (id: string) => {
    const next = new Set(chosen)
    if (!next.delete(id)) next.add(id)
    onChange(next)
  }
  return (
    <fieldset className="min-w-0" aria-describedby={error ? 'roles-problem' : undefined}>
      <legend className="mb-1 text-13 font-medium">{t('identity.staff.roles')}</legend>
      {error && (
        <p id="roles-problem" role="alert" className="mb-1 text-12 text-danger-ink">
          {error}
        </p>
      )}
      <ul className="overflow-hidden rounded-control border border-line" aria-busy={!roles}>
        {roles
          ? roles.map((role) => (
              <RoleOption
                key={role.id}
                role={role}
                checked={chosen.has(role.id)}
                why={reasonFor(role)}
                onToggle={() => toggle(role.id)}
              />
            ))
          : Array.from({ length: 9 }, (_, index) => (
              <li
                key={index}
                aria-hidden
                className="flex h-13 items-center border-t border-line px-3 first:border-t-0"
              >
                <Skeleton width={`${30 + ((index * 13) % 20)}%`} />
              </li>
            ))}
      </ul>
    </fieldset>
  )
}
