import { useState } from 'react'
import { Plus } from 'lucide-react'
import { type Act, getAgendaRules, listActs } from '#contract/agenda'
import { Button } from '#platform/ui/button.tsx'
import { Card } from '#platform/ui/card.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { useMessages } from '#platform/ui/messages.tsx'
import { PageHeader } from '#platform/ui/page-header.tsx'
import { Skeleton } from '#platform/ui/skeleton.tsx'
import { ErrorState } from '#platform/ui/states.tsx'
import { ActDialog } from './act-dialog.tsx'
import { ActList } from './act-list.tsx'
import { RulesForm } from './rules-form.tsx'
import { TariffsDialog } from './tariffs-dialog.tsx'

type Opened = { kind: 'new' } | { kind: 'act' | 'tariffs'; id: string }

/** What one can be booked for, what that costs, and what the practice asks when somebody does not come. */
export function ActsPage() {
  const t = useMessages()
  const acts = useEndpoint(listActs)
  const rules = useEndpoint(getAgendaRules)
  const [opened, setOpened] = useState<Opened | null>(null)
  const close = () => setOpened(null)
  const about =
    opened && opened.kind !== 'new' ? acts.data?.rows.find(({ id }) => id === opened.id) : undefined
  const show = (kind: 'act' | 'tariffs') => (act: Act) => setOpened({ kind, id: act.id })
  return (
    <>
      <PageHeader
        title={t('agenda.settings.acts')}
        primary={
          <Button variant="primary" icon={Plus} onClick={() => setOpened({ kind: 'new' })}>
            {t('agenda.settings.act.add')}
          </Button>
        }
      />
      <div className="grid max-w-6xl items-start gap-4 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
        <Card title={t('agenda.settings.acts.list')} flush>
          {acts.error && !acts.data ? (
            <ErrorState error={acts.error} onRetry={acts.refetch} />
          ) : acts.data ? (
            <ActList acts={acts.data.rows} onChange={show('act')} onPrice={show('tariffs')} />
          ) : (
            <div className="px-4 pb-4">
              <Skeleton width="100%" height={220} />
            </div>
          )}
        </Card>
        <Card title={t('agenda.settings.rules')}>
          {rules.error && !rules.data ? (
            <ErrorState error={rules.error} onRetry={rules.refetch} />
          ) : rules.data ? (
            <RulesForm rules={rules.data} />
          ) : (
            <Skeleton width="100%" height={260} />
          )}
        </Card>
      </div>
      {opened?.kind === 'new' && <ActDialog onClose={close} />}
      {opened?.kind === 'act' && about && <ActDialog act={about} onClose={close} />}
      {opened?.kind === 'tariffs' && about && <TariffsDialog act={about} onClose={close} />}
    </>
  )
}
