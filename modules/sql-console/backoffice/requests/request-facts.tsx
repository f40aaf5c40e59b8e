import type { ReactNode } from 'react'
import { Card } from '#platform/ui/card.tsx'
import { CopyId } from '#platform/ui/copy-id.tsx'
import { DateText } from '#platform/ui/date-text.tsx'
import { MISSING } from '#platform/ui/formats.ts'
import { TextLink } from '#platform/ui/link.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { requestTo } from '../addresses.ts'
import { EnvironmentBadge, TargetName } from '../sql-words.tsx'
import type { ShownRequest } from './request-page.tsx'

/** Where, why, who and when. */
export function RequestFacts({ request }: { request: ShownRequest }) {
  const t = useMessages()
  const { report, by, reason, ticket, decidedBy, decidedAt, receipt, undoes, execution } = request
  return (
    <Card title={t('sql.facts')}>
      <dl className="flex flex-col">
        <Fact label={t('sql.target')}>
          <span className="flex flex-wrap items-center gap-2">
            <TargetName target={report.target} />
            <EnvironmentBadge environment={report.target.environment} />
          </span>
        </Fact>
        <Fact label={t('sql.reason')}>{reason}</Fact>
        <Fact label={t('sql.ticket')}>{ticket}</Fact>
        <Fact label={t('sql.request.by')}>
          {by.name}
          <span className="block text-12 text-ink-muted">
            <DateText value={request.askedAt} show="dayTime" />
          </span>
        </Fact>
        <Fact label={t('sql.request.decided')}>
          {decidedBy && (
            <>
              {decidedBy.name}
              <span className="block text-12 text-ink-muted">
                <DateText value={decidedAt} show="dayTime" />
              </span>
            </>
          )}
        </Fact>
        {execution && (
          <Fact label={t('sql.request.executed')}>
            {execution.by.name}
            <span className="block text-12 text-ink-muted">
              <DateText value={execution.startedAt} show="dayTime" />
            </span>
          </Fact>
        )}
        {undoes && (
          <Fact label={t('sql.request.undoes')}>
            <TextLink to={requestTo(undoes)}>
              {t(request.restores ? 'sql.request.undone-by.see' : 'sql.request.undoes.see')}
            </TextLink>
          </Fact>
        )}
        {request.restores && (
          <Fact label={t('sql.request.restores')}>
            <TextLink to={requestTo(request.restores)}>{t('sql.request.undoes.see')}</TextLink>
          </Fact>
        )}
        {request.undoneBy && (
          <Fact label={t('sql.request.undone-by')}>
            <TextLink to={requestTo(request.undoneBy)}>{t('sql.request.undone-by.see')}</TextLink>
          </Fact>
        )}
        {request.restoredBy && (
          <Fact label={t('sql.request.restored-by')}>
            <TextLink to={requestTo(request.restoredBy)}>{t('sql.request.restored-by.see')}</TextLink>
          </Fact>
        )}
        <Fact label={t('sql.receipt')}>
          <CopyId id={receipt} />
        </Fact>
      </dl>
    </Card>
  )
}

export function Fact({ label, children }: { label: string; children?: ReactNode }) {
  return (
    <div className="flex min-h-8 items-start gap-3 border-t border-line py-1.5 text-13 first:border-t-0">
      <dt className="w-24 shrink-0 text-ink-muted">{label}</dt>
      <dd className="min-w-0 flex-1 wrap-anywhere tabular-nums">
        {children || <span className="text-ink-muted">{MISSING}</span>}
      </dd>
    </div>
  )
}
