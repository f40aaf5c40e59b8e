import { CircleCheck, CircleSlash, CircleX, Hourglass, LoaderCircle, ShieldCheck, Undo2 } from 'lucide-react'
import type { SqlRequest } from '#contract/sql-console'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { Notice } from '../report/notice.tsx'
import { requestCan } from './request-can.ts'
import { useWho } from './who.ts'

/** Where it stands, who has to do something, and until when. */
export function RequestStands({ request }: { request: SqlRequest }) {
  const t = useMessages()
  const formats = useFormats()
  const who = useWho()
  const { state, by, decidedBy, remark } = request
  const until = formats.dayTime(request.lapsesAt)
  const name = decidedBy?.name ?? ''
  const said = remark && <p className="mt-1 wrap-anywhere">{t('sql.request.said', { remark })}</p>
  switch (state) {
    case 'waiting':
      return (
        <Notice look="warning" icon={Hourglass} title={t('sql.stands.waiting')}>
          <p>
            {requestCan.decide(request, who)
              ? t('sql.stands.waiting.you', { by: by.name, until })
              : by.id === who.id
                ? t('sql.stands.waiting.own', { until })
                : t('sql.stands.waiting.other', { until })}
          </p>
        </Notice>
      )
    case 'approved':
      return (
        <Notice look="info" icon={ShieldCheck} title={t('sql.stands.approved', { name })}>
          <p>{t('sql.stands.approved.help', { until })}</p>
          {said}
        </Notice>
      )
    case 'refused':
      return (
        <Notice look="danger" icon={CircleX} title={t('sql.stands.refused', { name })}>
          {said}
        </Notice>
      )
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
    case 'undone':
      return <Notice look="neutral" icon={Undo2} title={t('sql.stands.undone')} />
    case 'withdrawn':
      return <Notice look="neutral" icon={CircleSlash} title={t('sql.stands.withdrawn')} />
    case 'lapsed':
      return <Notice look="neutral" icon={CircleSlash} title={t('sql.stands.lapsed')} />
  }
}
