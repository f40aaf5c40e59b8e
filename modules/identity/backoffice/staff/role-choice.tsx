import type { Role } from '#contract/access'
import { Checkbox } from '#platform/ui/checkbox.tsx'
import { Field } from '#platform/ui/field.tsx'
import { type Translate, useFormats, useMessages } from '#platform/ui/messages.tsx'
import { Skeleton } from '#platform/ui/skeleton.tsx'
import { ErrorState } from '#platform/ui/states.tsx'
import { useKnownRoles, useWhyNot, type WhyNot } from './known-roles.ts'
import { permissionName, roleName } from './staff-words.tsx'

type RoleChoiceProps = {
  chosen: ReadonlySet<string>
  onChange: (chosen: ReadonlySet<string>) => void
  error?: string | undefined
}

/** Every role with what it gives; one that cannot be given says why instead of missing. */
export function RoleChoice({ chosen, onChange, error }: RoleChoiceProps) {
  const t = useMessages()
  const { data, error: unread, refetch } = useKnownRoles()
  const whyNot = useWhyNot(data?.roles)
  if (unread) return <ErrorState error={unread} onRetry={refetch} />
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
      <ul className="overflow-hidden rounded-control border border-line">
        {data ? (
          data.roles.map((role) => (
            <li key={role.id} className="border-t border-line px-3 py-2.5 first:border-t-0">
              <OneRole
                role={role}
                checked={chosen.has(role.id)}
                why={whyNot(role)}
                onToggle={() => toggle(role.id)}
              />
            </li>
          ))
        ) : (
          <SkeletonRoles />
        )}
      </ul>
    </fieldset>
  )
}

type OneRoleProps = { role: Role; checked: boolean; why: WhyNot | null; onToggle: () => void }

function OneRole({ role, checked, why, onToggle }: OneRoleProps) {
  const t = useMessages()
  const formats = useFormats()
  const permissions = role.permissions.map((permission) => permissionName(permission, t))
  return (
    <>
      <Field
        inline
        label={roleName(role, t)}
        help={why ? whyInWords(why, t, formats.list) : (role.description ?? undefined)}
      >
        {/* What somebody holds already may always be taken away. */}
        <Checkbox checked={checked} disabled={why !== null && !checked} onChange={onToggle} />
      </Field>
      {permissions.length > 0 ? (
        <details className="mt-0.5 pl-6 text-12 text-ink-muted">
          <summary className="w-fit cursor-pointer rounded-small py-1 hover:text-ink">
            {t('identity.staff.role.gives', { count: permissions.length })}
            {isLimited(role) && ` · ${t('identity.staff.role.limited')}`}
          </summary>
          <ul className="grid list-disc gap-x-6 pb-1 pl-4 sm:grid-cols-2">
            {permissions.map((permission) => (
              <li key={permission}>{permission}</li>
            ))}
          </ul>
        </details>
      ) : (
        <p className="mt-0.5 pl-6 text-12 text-ink-muted">{t('identity.staff.role.gives-nothing')}</p>
      )}
    </>
  )
}

const isLimited = ({ limits }: Role) =>
  limits.own || limits.departments.length > 0 || limits.clients.length > 0

function whyInWords(why: WhyNot, t: Translate, list: (items: string[]) => string): string {
  if (why.reason === 'level') return t('identity.staff.role.too-high')
  return t('identity.staff.role.lacking', {
    count: why.lacking.length,
    permissions: list(why.lacking.map((permission) => permissionName(permission, t))),
  })
}

function SkeletonRoles() {
  return Array.from({ length: 9 }, (_, index) => (
    <li
      key={index}
      aria-hidden
      className="flex flex-col gap-3 border-t border-line px-3 py-3.5 first:border-t-0"
    >
      <Skeleton width={`${30 + ((index * 13) % 20)}%`} />
      <Skeleton width="18%" height={10} />
    </li>
  ))
}
