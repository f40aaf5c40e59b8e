import { CircleCheck, CircleHelp, CircleX, LoaderCircle, Redo2, Undo2 } from 'lucide-react'
import type { ReactNode } from 'react'
import type { SqlRequest } from '#contract/sql-console'
import { TextLink } from '#platform/ui/link.tsx'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { requestTo } from '../addresses.ts'
import { Notice } from '../report/notice.tsx'
import { DecisionStands } from './decision-stands.tsx'
import { requestCan } from './request-can.ts'
import { useWho } from './who.ts'

/** Where it stands, who has to do something, and until when. */
export function RequestStands({ request }: { request: SqlRequest }) {
  const t = useMessages()
  const formats = useFormats()
  const who = useWho()
  const { state, by } = request
  const until = formats.dayTime(request.lapsesAt)
  switch (state) {
    case 'running':
      return <Notice look="info" icon={LoaderCircle} title={t('sql.stands.running')} />
    case 'executed':
      return (
        <Notice look="success" icon={CircleCheck} title={t('sql.stands.executed')}>
          <p>
            {request.undoUntil
              ? t('sql.stands.executed.undo', { until: formats.dayTime(request.undoUntil) })
              : t('sql.stands.executed.final')}
          </p>
        </Notice>
      )
    case 'failed':
      return (
        <Notice look="danger" icon={CircleX} title={t('sql.stands.failed')}>
          <p>{t('sql.stands.failed.help')}</p>
        </Notice>
      )
    case 'unknown':
      return (
        <Notice look="warning" icon={CircleHelp} title={t('sql.stands.unknown')}>
          <p>{t('sql.stands.unknown.help')}</p>
        </Notice>
      )
    case 'undone':
      return (
        <Notice look="neutral" icon={Undo2} title={t('sql.stands.undone')}>
          <Other id={request.undoneBy}>{t('sql.stands.undone.by')}</Other>
        </Notice>
      )
    case 'restored':
      return (
        <Notice look="success" icon={Redo2} title={t('sql.stands.restored')}>
          <p>{t('sql.stands.restored.help')}</p>
          <Other id={request.restoredBy}>{t('sql.stands.restored.by')}</Other>
        </Notice>
      )
    default:
      return (
        <DecisionStands
          {...request}
          state={state}
          yours={requestCan.decide(request, who) ? t('sql.stands.waiting.you', { by: by.name, until }) : null}
          next={t('sql.stands.approved.help', { until })}
        />
      )
  }
}

function Other({ id, children }: { id: string | null; children: ReactNode }) {
  return id && <TextLink to={requestTo(id)}>{children}</TextLink>
}
