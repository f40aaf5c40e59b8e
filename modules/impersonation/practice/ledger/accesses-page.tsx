import { ShieldCheck } from 'lucide-react'
import { listAccesses, type Access } from '#contract/impersonation'
import { Card } from '#platform/ui/card.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { useMessages } from '#platform/ui/messages.tsx'
import { PageHeader } from '#platform/ui/page-header.tsx'
import { Skeleton } from '#platform/ui/skeleton.tsx'
import { EmptyState, ErrorState } from '#platform/ui/states.tsx'
import { AccessLine } from './access-line.tsx'
import { PolicyCard } from './policy-card.tsx'

const going: Access['state'][] = ['running']
const waiting: Access['state'][] = ['waiting', 'ready']

/** Every time somebody of the vendor’s team came in, or asked to: what goes on first, then what waits for a word. */
export function AccessesPage() {
  const t = useMessages()
  const { data, error, refetch } = useEndpoint(listAccesses, { query: {} })
  const rows = data?.rows ?? []
  const those = (states: Access['state'][]) => rows.filter(({ state }) => states.includes(state))
  return (
    <>
      <PageHeader
        title={t('impersonation.practice.accesses')}
        count={data && t('impersonation.practice.count', { count: data.rows.length })}
      >
        <p className="max-w-prose text-13 text-ink-muted">{t('impersonation.practice.accesses.help')}</p>
      </PageHeader>
      {error && !data && <ErrorState error={error} onRetry={refetch} />}
      {!error && !data && <Skeleton height={160} width="100%" />}
      {data && (
        <div className="flex max-w-3xl flex-col gap-4">
          <Section title={t('impersonation.practice.running')} rows={those(going)} urgent />
          <Section title={t('impersonation.practice.waiting')} rows={those(waiting)} urgent />
          <PolicyCard key={data.policy.own} policy={data.policy} />
          {rows.length === 0 ? (
            <EmptyState icon={ShieldCheck} title={t('impersonation.practice.none')}>
              <p>{t('impersonation.practice.none.help')}</p>
            </EmptyState>
          ) : (
            <Section
              title={t('impersonation.practice.past')}
              rows={rows.filter(({ state }) => ![...going, ...waiting].includes(state))}
            />
          )}
        </div>
      )}
    </>
  )
}

type SectionProps = { title: string; rows: readonly Access[]; urgent?: boolean }

function Section({ title, rows, urgent = false }: SectionProps) {
  if (rows.length === 0) return null
  return (
    <Card flush title={title} {...(urgent && { className: 'border-warning' })}>
      <ul className="mt-2">
        {rows.map((access) => (
          <AccessLine key={access.id} access={access} />
        ))}
      </ul>
    </Card>
  )
}
