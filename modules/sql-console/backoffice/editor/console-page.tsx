/** The console: a text, where it runs, and what came of it. */
import { Bookmark, History, Rows3, ShieldCheck } from 'lucide-react'
import { useEffect, useEffectEvent } from 'react'
import { z } from 'zod'
import { getSqlQuery, getSqlRun, TargetId } from '#contract/sql-console'
import { Id } from '#platform/contract/ids.ts'
import { useEndpoint } from '#platform/ui/data.ts'
import { ButtonLink } from '#platform/ui/link.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { PageHeader } from '#platform/ui/page-header.tsx'
import { notify } from '#platform/ui/toast.tsx'
import { useUrlState } from '#platform/ui/url-state.ts'
import { sentenceOf } from '#platform/ui/errors.ts'
import { historyTo, requestsTo } from '../addresses.ts'
import { fleetsTo } from '../fleet/addresses.ts'
import { queriesTo } from '../saved/addresses.ts'
import { KeysHelp } from './keys-help.tsx'
import { useTabs } from './use-tabs.ts'
import { Workbench } from './workbench.tsx'

const Address = z.object({ target: TargetId.optional(), run: Id.optional(), query: Id.optional() })

export function ConsolePage() {
  const t = useMessages()
  const tabs = useTabs()
  useAsked(tabs)
  return (
    <>
      <PageHeader
        title={t('sql.title')}
        secondary={
          <>
            <span className="max-sm:hidden">
              <KeysHelp />
            </span>
            <ButtonLink to={queriesTo()} variant="ghost" icon={Bookmark}>
              {t('sql.saved.link')}
            </ButtonLink>
            <ButtonLink to={fleetsTo()} variant="ghost" icon={Rows3}>
              {t('sql.fleets')}
            </ButtonLink>
            <ButtonLink to={requestsTo()} variant="ghost" icon={ShieldCheck}>
              {t('sql.requests')}
            </ButtonLink>
            <ButtonLink to={historyTo()} variant="ghost" icon={History}>
              {t('sql.history')}
            </ButtonLink>
          </>
        }
      />
      <Workbench tabs={tabs} />
    </>
  )
}

/** What the address asks to be opened gets a tab, and leaves the address: a reload opens it no second time. */
function useAsked({ tab, open, openAgain, openQuery }: ReturnType<typeof useTabs>): void {
  const t = useMessages()
  const [{ target, run, query }, change] = useUrlState(Address)
  const asked = useEndpoint(getSqlRun, { params: { id: run ?? '' } }, { enabled: run !== undefined })
  const { data, error } = asked
  const kept = useEndpoint(getSqlQuery, { params: { id: query ?? '' } }, { enabled: query !== undefined })
  const opens = useEffectEvent(() => {
    if (run !== undefined && data?.id === run) openAgain(data)
    else if (run !== undefined && error) notify.failed({ title: sentenceOf(error, t) })
    else if (run === undefined && target !== undefined && target !== tab.target) open(target)
    else if (run !== undefined) return
    if (run !== undefined || target !== undefined)
      change({ run: undefined, target: undefined }, { replace: true })
  })
  useEffect(() => opens(), [run, target, data, error])
  const opensKept = useEffectEvent(() => {
    if (query === undefined) return
    if (kept.data?.id === query) openQuery(kept.data)
    else if (kept.error) notify.failed({ title: sentenceOf(kept.error, t) })
    else return
    change({ query: undefined }, { replace: true })
  })
  useEffect(() => opensKept(), [query, kept.data, kept.error])
}
