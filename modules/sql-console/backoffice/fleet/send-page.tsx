/** A text to send through many practices: what it is, in which mode, and to whom. It may come from the console, or be sent once more. */
import { z } from 'zod'
import { getSqlFleet, type SqlFleet } from '#contract/sql-console'
import { Id } from '#platform/contract/ids.ts'
import { CardSkeletons } from '#platform/ui/card-skeletons.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { useMessages } from '#platform/ui/messages.tsx'
import { PageHeader } from '#platform/ui/page-header.tsx'
import { useMay, useSession } from '#platform/ui/session.tsx'
import { ErrorState } from '#platform/ui/states.tsx'
import { useUrlState } from '#platform/ui/url-state.ts'
import { readTabs } from '../editor/kept-tabs.ts'
import { type Beginning, Sending } from './sending.tsx'

const Address = z.object({ tab: Id.optional(), again: Id.optional() })
const blank: Beginning = { text: '', parameters: [], mode: 'read', practices: { search: '' } }

export function SendPage() {
  const t = useMessages()
  const may = useMay()
  const { id: staffId } = useSession()
  const [{ tab, again }] = useUrlState(Address)
  const before = useEndpoint(getSqlFleet, { params: { id: again ?? '' } }, { enabled: again !== undefined })
  const from = tab === undefined ? undefined : readTabs(staffId).tabs.find(({ id }) => id === tab)
  const beginning = again === undefined ? { ...blank, ...from } : before.data && sentOnceMore(before.data)
  return (
    <>
      <PageHeader title={t('sql.fleet.send')} />
      {beginning ? (
        <Sending
          key={`${tab} ${again}`}
          begins={{ ...beginning, mode: may('sql.simulate') ? beginning.mode : 'read' }}
        />
      ) : before.error ? (
        <ErrorState error={before.error} onRetry={() => void before.refetch()} />
      ) : (
        <CardSkeletons />
      )}
    </>
  )
}

const sentOnceMore = ({ text, parameters, mode, practices }: SqlFleet): Beginning => ({
  text,
  parameters,
  mode,
  practices: { search: '', ids: practices.map(({ tenantId }) => tenantId) },
})
