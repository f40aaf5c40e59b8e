import type { ReactNode } from 'react'
import type { Impersonation } from '#contract/impersonation'
import { Badge } from '#platform/ui/badge.tsx'
import { Card } from '#platform/ui/card.tsx'
import { MISSING } from '#platform/ui/formats.ts'
import { TextLink } from '#platform/ui/link.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { useMay } from '#platform/ui/session.tsx'
import { clientTo, listTo, tenantTo } from '../addresses.ts'

/** Both names, whose practice it is, and what was asked for. */
export function FactsCard({ one }: { one: Impersonation }) {
  const t = useMessages()
  const { actor, subject, purpose, reference, mayWrite, minutes, policy, breakGlass } = one
  return (
    <Card title={t('impersonation.card.facts')}>
      <dl className="flex flex-col">
        <Fact label={t('impersonation.fact.actor')}>
          <TextLink to={listTo({ actor: actor.id })}>{actor.name}</TextLink>
        </Fact>
        <Fact label={t('impersonation.fact.subject')}>
          <TextLink to={listTo({ member: subject.id })}>{subject.name}</TextLink>
          <span className="text-ink-muted"> · {t(`impersonation.ask.profile.${subject.profile}`)}</span>
        </Fact>
        <Fact label={t('impersonation.fact.practice')}>
          <Practice tenant={one.tenant} />
        </Fact>
        <Fact label={t('impersonation.purpose')}>{t(`impersonation.purpose.${purpose}`)}</Fact>
        <Fact label={t('impersonation.fact.reference')}>
          {reference && <span className="wrap-anywhere">{reference}</span>}
        </Fact>
        <Fact label={t('impersonation.mode')}>{t(`impersonation.mode.${mayWrite ? 'write' : 'read'}`)}</Fact>
        <Fact label={t('impersonation.fact.minutes')}>{t('impersonation.ask.minutes.of', { minutes })}</Fact>
        <Fact label={t('impersonation.fact.policy')}>
          {breakGlass ? (
            <Badge tone="danger">{t('impersonation.glass')}</Badge>
          ) : (
            t(`impersonation.policy.${policy}`)
          )}
        </Fact>
        <Fact label={t('impersonation.fact.notes')}>{t(`impersonation.notes.${notesOf(one)}`)}</Fact>
      </dl>
    </Card>
  )
}

const notesOf = ({ notesOpenedAt, wantsNotes }: Impersonation) =>
  notesOpenedAt !== null ? 'open' : wantsNotes ? 'asked' : 'masked'

/** Led to by whoever may see it: the client they are, or their space. */
function Practice({ tenant: { id, name, clientId } }: Pick<Impersonation, 'tenant'>) {
  const may = useMay()
  if (clientId && may('clients.read')) return <TextLink to={clientTo(clientId)}>{name}</TextLink>
  if (may('tenants.read')) return <TextLink to={tenantTo(id)}>{name}</TextLink>
  return name
}

function Fact({ label, children }: { label: string; children?: ReactNode }) {
  return (
    <div className="flex min-h-8 items-start gap-3 border-t border-line py-1.5 text-13 first:border-t-0">
      <dt className="w-24 shrink-0 text-ink-muted">{label}</dt>
      <dd className="min-w-0 flex-1 break-words tabular-nums">
        {children || <span className="text-ink-muted">{MISSING}</span>}
      </dd>
    </div>
  )
}
