import { Mail } from 'lucide-react'
import { explainPermission } from '#contract/access'
import type { OutputOf } from '#platform/contract/endpoint.ts'
import { buttonClass } from '#platform/ui/button.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { sentenceOf } from '#platform/ui/errors.ts'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { useSession } from '#platform/ui/session.tsx'
import { Skeleton } from '#platform/ui/skeleton.tsx'
import { permissionHelp, permissionName, roleName } from './words.ts'

export type ExplanationProps = { permission: string }

/** "Why was I refused": which permission it takes, which of one's roles lack it, which give it, and whom to ask. */
export function Explanation({ permission }: ExplanationProps) {
  const t = useMessages()
  const formats = useFormats()
  const { data, error } = useEndpoint(explainPermission, { params: { permission } })
  if (error) return <p className="text-13 text-ink-muted">{sentenceOf(error, t)}</p>
  if (!data)
    return (
      <div aria-hidden className="flex flex-col gap-3">
        {[80, 60, 70, 50].map((width) => (
          <Skeleton key={width} width={`${width}%`} />
        ))}
      </div>
    )
  const { held, limited, yourRoles, rolesWithIt, askWhom } = data
  const names = (roles: typeof yourRoles) => formats.list(roles.map((role) => roleName(role, t)))
  return (
    <div className="flex flex-col gap-3 text-left text-13">
      <dl className="grid gap-x-4 gap-y-2 sm:grid-cols-[9rem_minmax(0,1fr)] [&_dt]:text-ink-muted">
        <dt>{t('access.why.needed')}</dt>
        <dd>
          <span className="font-medium">{permissionName(permission, t)}</span>
          <span className="block text-12 text-ink-muted">{permissionHelp(permission, t)}</span>
        </dd>
        <dt>{t('access.why.yours')}</dt>
        <dd>
          {yourRoles.length === 0 ? t('access.why.no-role') : names(yourRoles)}
          <span className="block text-12 text-ink-muted">
            {t('access.why.verdict', {
              held: held ? (limited ? 'limited' : 'yes') : 'no',
              count: yourRoles.length,
            })}
          </span>
        </dd>
        <dt>{t('access.why.roles')}</dt>
        <dd>{names(rolesWithIt)}</dd>
        {(!held || limited) && (
          <>
            <dt>{t('access.why.ask')}</dt>
            <dd>
              <Askable people={askWhom} permission={permission} />
            </dd>
          </>
        )}
      </dl>
    </div>
  )
}

type AskableProps = { people: OutputOf<typeof explainPermission>['askWhom']; permission: string }

/** People who can give it, each a letter away; the first of them by a button. */
function Askable({ people, permission }: AskableProps) {
  const t = useMessages()
  const { name: me } = useSession()
  const [nearest] = people
  if (!nearest) return t('access.why.nobody')
  const right = permissionName(permission, t)
  const subject = t('access.why.letter.subject', { permission: right })
  const letterTo = (email: string, name: string) => {
    const body = t('access.why.letter.body', { name, permission: right, page: location.href, me })
    // Mail programs know %20 and not the plus sign of forms.
    return `mailto:${email}?subject=${encodeURIComponent(subject)}&body=${encodeURIComponent(body)}`
  }
  return (
    <>
      <ul className="flex flex-col gap-1">
        {people.map(({ name, email }) => (
          <li key={email}>
            {name}{' '}
            <a
              href={letterTo(email, name)}
              className="rounded-small text-accent-ink underline decoration-line-strong underline-offset-3 wrap-anywhere hover:decoration-current"
            >
              {email}
            </a>
          </li>
        ))}
      </ul>
      <a href={letterTo(nearest.email, nearest.name)} className={`${buttonClass({})} mt-3`}>
        <Mail aria-hidden size={16} className="-ml-0.5" />
        {t('access.why.request')}
      </a>
    </>
  )
}
