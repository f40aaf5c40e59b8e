import { Download, Eraser } from 'lucide-react'
import { useMemo } from 'react'
import { downloadErasureCertificate, type Erasure, listErasures } from '#contract/audit'
import { Badge } from '#platform/ui/badge.tsx'
import { buttonClass } from '#platform/ui/button.tsx'
import { hrefOf } from '#platform/ui/call.ts'
import { usePages } from '#platform/ui/data.ts'
import { type Column, DataTable } from '#platform/ui/data-table.tsx'
import { DateText } from '#platform/ui/date-text.tsx'
import { type Formats, MISSING } from '#platform/ui/formats.ts'
import { TextLink } from '#platform/ui/link.tsx'
import { type Translate, useFormats, useMessages } from '#platform/ui/messages.tsx'
import { EmptyState } from '#platform/ui/states.tsx'
import { logTo } from '../addresses.ts'
import { scopeInWords } from './scope-words.ts'

/** Every erasure there was, each with the certificate that the log's own key signed. */
export function ErasureList() {
  const t = useMessages()
  const formats = useFormats()
  const list = usePages(listErasures, { query: {} })
  const columns = useMemo(() => columnsFor(t, formats), [t, formats])
  return (
    <DataTable
      id="audit-erasures"
      label={t('audit.erasures.list')}
      columns={columns}
      rows={list.rows}
      rowId={({ id }) => id}
      rowLabel={(erasure) => scopeInWords(erasure, t, formats)}
      stale={list.stale}
      error={list.error}
      retry={list.retry}
      more={list.more}
      toolbar={<h2 className="text-14 font-semibold">{t('audit.erasures.list')}</h2>}
      empty={
        <EmptyState icon={Eraser} title={t('audit.erasures.none')}>
          <p>{t('audit.erasures.none.help')}</p>
        </EmptyState>
      }
    />
  )
}

function columnsFor(t: Translate, formats: Formats): Column<Erasure>[] {
  return [
    {
      id: 'what',
      header: t('audit.erasures.what'),
      width: 240,
      grow: true,
      cell: (erasure) => (
        <TextLink to={logTo({ entry: erasure.entryId })} className="whitespace-normal">
          {scopeInWords(erasure, t, formats)}
        </TextLink>
      ),
    },
    {
      id: 'reason',
      header: t('audit.reason'),
      width: 200,
      importance: 3,
      cell: ({ reason }) => <span title={reason}>{reason}</span>,
    },
    {
      id: 'state',
      header: t('audit.erasures.state'),
      width: 130,
      card: 'aside',
      cell: ({ state }) => (
        <Badge tone={state === 'done' ? 'success' : 'info'}>{t(`audit.erasures.state.${state}`)}</Badge>
      ),
    },
    {
      id: 'erased',
      header: t('audit.erasures.erased'),
      width: 110,
      align: 'end',
      importance: 2,
      cell: ({ erased }) => (erased === null ? MISSING : formats.integer(erased)),
    },
    {
      id: 'by',
      header: t('audit.erasures.by'),
      width: 150,
      importance: 4,
      cell: ({ requestedBy }) => requestedBy?.name ?? t('audit.erasures.nightly'),
    },
    {
      id: 'at',
      header: t('audit.erasures.at'),
      width: 150,
      importance: 2,
      cell: ({ doneAt, requestedAt }) => <DateText value={doneAt ?? requestedAt} show="dayTime" />,
    },
    {
      id: 'certificate',
      header: t('audit.erasures.certificate'),
      width: 130,
      cell: ({ id, state }) =>
        state === 'done' ? (
          <a
            href={hrefOf(downloadErasureCertificate, { params: { id } })}
            download
            className={buttonClass({ size: 'small' })}
          >
            <Download aria-hidden size={14} />
            {t('audit.erasures.certificate.download')}
          </a>
        ) : (
          MISSING
        ),
    },
  ]
}
