/** Who asks, who follows, and what they said of it. */
import { Card } from '#platform/ui/card.tsx'
import { CopyId } from '#platform/ui/copy-id.tsx'
import { DateText } from '#platform/ui/date-text.tsx'
import { TextLink } from '#platform/ui/link.tsx'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { useMay } from '#platform/ui/session.tsx'
import type { Ticket } from '#contract/support'
import { logTo } from '../addresses.ts'

export function PeopleCard({ ticket }: { ticket: Ticket }) {
  const t = useMessages()
  const formats = useFormats()
  const may = useMay()
  const { requester, tenant, channel, openedAt, openedBy, followers, rating, id } = ticket
  return (
    <Card title={t('support.card.people')}>
      <dl className="flex flex-col gap-2 text-13 [&_dt]:text-12 [&_dt]:text-ink-muted">
        <div>
          <dt>{t('support.requester')}</dt>
          <dd className="break-words">
            {requester.name}
            <br />
            <span className="wrap-anywhere text-ink-muted">{requester.email}</span>
          </dd>
        </div>
        {tenant && (
          <div>
            <dt>{t('support.column.tenant')}</dt>
            <dd>
              {may('tenants.read') ? (
                <TextLink to={`/tenants/${tenant.id}`}>{tenant.name}</TextLink>
              ) : (
                tenant.name
              )}
            </dd>
          </div>
        )}
        <div>
          <dt>{t('support.column.opened')}</dt>
          <dd>
            <DateText value={openedAt} show="dayTime" /> · {t(`support.channel.${channel}`)}
            {openedBy && ` · ${openedBy}`}
          </dd>
        </div>
        <div>
          <dt>{t('support.followers')}</dt>
          <dd>
            {followers.length > 0 ? formats.list(followers.map(({ name }) => name)) : t('support.nobody-yet')}
          </dd>
        </div>
        {rating && (
          <div>
            <dt>{t('support.rating')}</dt>
            <dd>
              {t('support.rating.score', { score: rating.score })}
              {rating.comment && <span className="block whitespace-pre-line">« {rating.comment} »</span>}
            </dd>
          </div>
        )}
      </dl>
      <p className="mt-3 flex flex-wrap items-center gap-3 border-t border-line pt-2 text-12">
        <CopyId id={id} label={t('support.ticket.one')} />
        {may('audit.read') && <TextLink to={logTo(id)}>{t('support.log')}</TextLink>}
      </p>
    </Card>
  )
}
