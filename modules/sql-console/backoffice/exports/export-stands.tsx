/** Above the result it is of: how far an export is, or the file. */
import { CircleAlert, Download, FileCheck2, Square } from 'lucide-react'
import { cancelSqlExport, downloadSqlExport, listSqlExports, type SqlExport } from '#contract/sql-console'
import { Button, buttonClass } from '#platform/ui/button.tsx'
import { hrefOf } from '#platform/ui/call.ts'
import { useEndpoint } from '#platform/ui/data.ts'
import { sentenceOf } from '#platform/ui/errors.ts'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { Progress } from '#platform/ui/progress.tsx'
import { useMay } from '#platform/ui/session.tsx'
import { notify } from '#platform/ui/toast.tsx'
import { Notice } from '../report/notice.tsx'
import { isUnderWay, lacksInWords, rowsInWords, sizeInWords, whyInWords } from './export-words.ts'

/** The latest of that statement, as long as there is something to say of it. */
export function ExportStands({ of }: { of: { runId: string; statement: number } }) {
  const may = useMay()
  const { data } = useEndpoint(listSqlExports, {}, { enabled: may('sql.export') })
  const latest = data?.rows.find((one) => one.runId === of.runId && one.statement === of.statement)
  if (!latest || latest.state === 'lapsed' || latest.state === 'cancelled') return null
  return (
    <div className="mb-2">
      <Standing one={latest} />
    </div>
  )
}

function Standing({ one }: { one: SqlExport }) {
  const t = useMessages()
  const formats = useFormats()
  if (isUnderWay(one)) return <UnderWay one={one} />
  if (one.state === 'failed')
    return (
      <Notice look="danger" icon={CircleAlert} title={t('sql.export.failed')} live>
        <p>
          {whyInWords(one.code ?? '', t)} {t('sql.export.failed.nothing')}
        </p>
      </Notice>
    )
  const lacks = lacksInWords(one, t, formats)
  return (
    <Notice
      look={lacks.length > 0 ? 'warning' : 'success'}
      icon={FileCheck2}
      title={t('sql.export.made', {
        rows: rowsInWords(one.rows, t, formats),
        size: sizeInWords(one.bytes ?? 0, formats),
      })}
      live
      act={<DownloadLink id={one.id} />}
    >
      {lacks.map((lack) => (
        <p key={lack}>{lack}</p>
      ))}
      {one.lapsesAt && <p>{t('sql.export.until', { when: formats.dayTime(one.lapsesAt) })}</p>}
    </Notice>
  )
}

function UnderWay({ one }: { one: SqlExport }) {
  const t = useMessages()
  const formats = useFormats()
  const cancel = useCancel()
  return (
    <div className="flex flex-wrap items-end gap-x-4 gap-y-2 rounded-card border border-line bg-surface px-4 py-3">
      <div className="min-w-0 flex-1 basis-60">
        <Progress
          label={t('sql.export.progress', {
            format: t(`sql.export.format.${one.format}`),
            rows: formats.integer(one.rows),
          })}
          done={one.rows}
          total={one.expected}
        />
      </div>
      <Button
        size="small"
        icon={Square}
        loading={cancel.isPending}
        onClick={() => cancel.mutate({ params: { id: one.id } })}
      >
        {t('sql.export.cancel')}
      </Button>
    </div>
  )
}

export function useCancel() {
  const t = useMessages()
  return useEndpoint(cancelSqlExport, {
    onSuccess: () => notify.done({ title: t('sql.export.cancelled') }),
    onError: (error) => notify.failed({ title: sentenceOf(error, t) }),
  })
}

export function DownloadLink({ id }: { id: string }) {
  const t = useMessages()
  return (
    <a
      href={hrefOf(downloadSqlExport, { params: { id } })}
      download
      className={buttonClass({ size: 'small' })}
      onClick={(event) => event.stopPropagation()}
    >
      <Download aria-hidden size={14} />
      {t('sql.export.download')}
    </a>
  )
}
