import { clientStatuses, type ImportPreview } from '#contract/clients'
import { Badge } from '#platform/ui/badge.tsx'
import { type Column, DataTable } from '#platform/ui/data-table.tsx'
import { type Formats, MISSING } from '#platform/ui/formats.ts'
import { type Translate, useFormats, useMessages } from '#platform/ui/messages.tsx'
import { EmptyState } from '#platform/ui/states.tsx'
import { StatusBadge } from './client-words.tsx'
import { phoneInWords } from './number-words.ts'

type Row = ImportPreview['sample'][number]

/** The first rows of the file as clients, each with what would keep it out. */
export function ImportSample({ rows, stale }: { rows: readonly Row[] | undefined; stale: boolean }) {
  const t = useMessages()
  const formats = useFormats()
  return (
    <section aria-label={t('clients.import.sample')}>
      <DataTable
        id="client-import"
        label={t('clients.import.sample')}
        columns={columnsFor(t, formats)}
        rows={rows}
        rowId={(row) => String(row.row)}
        rowLabel={(row) => nameOf(row)}
        stale={stale}
        toolbar={<h2 className="text-14 font-semibold">{t('clients.import.sample')}</h2>}
        empty={
          <EmptyState title={t('clients.import.sample.empty')}>
            <p>{t('clients.import.sample.empty.help')}</p>
          </EmptyState>
        }
      />
    </section>
  )
}

function columnsFor(t: Translate, formats: Formats): Column<Row>[] {
  const value = (row: Row, field: string) => row.values[field] || MISSING
  return [
    {
      id: 'row',
      header: t('clients.import.sample.row'),
      width: 64,
      align: 'end',
      importance: 2,
      card: 'none',
      cell: (row) => formats.integer(row.row),
    },
    {
      id: 'name',
      header: t('clients.import.sample.name'),
      width: 180,
      grow: true,
      card: 'title',
      cell: (row) => nameOf(row),
    },
    {
      id: 'verdict',
      header: t('clients.import.sample.verdict'),
      width: 170,
      cell: (row) => <Verdict row={row} />,
    },
    {
      id: 'email',
      header: t('clients.import.fields.email'),
      width: 220,
      grow: true,
      importance: 2,
      cell: (row) => value(row, 'email'),
    },
    {
      id: 'status',
      header: t('clients.import.fields.status'),
      width: 120,
      importance: 3,
      cell: (row) => <Status row={row} />,
    },
    {
      id: 'department',
      header: t('clients.import.fields.department'),
      width: 110,
      importance: 4,
      cell: (row) => value(row, 'department'),
    },
    {
      id: 'nextPaymentOn',
      header: t('clients.import.fields.nextPaymentOn'),
      width: 150,
      importance: 4,
      cell: (row) => formats.day(row.values['nextPaymentOn']),
    },
    {
      id: 'phone',
      header: t('clients.import.fields.phone'),
      width: 130,
      importance: 5,
      cell: (row) => phoneInWords(row.values['phone'] ?? '') || MISSING,
    },
  ]
}

function Verdict({ row }: { row: Row }) {
  const t = useMessages()
  if (row.code) {
    // The badge is short enough for a line of the table; the whole sentence waits behind it.
    return (
      <span title={t(`clients.import.codes.${row.code}`)}>
        <Badge tone="danger">{t(`clients.import.short.${row.code}`)}</Badge>
      </span>
    )
  }
  if (row.warning) return <Badge tone="warning">{t('clients.import.sample.warned')}</Badge>
  return <Badge tone="success">{t('clients.import.sample.good')}</Badge>
}

function nameOf(row: Row): string {
  return [row.values['firstName'], row.values['lastName']].filter(Boolean).join(' ') || MISSING
}

function Status({ row }: { row: Row }) {
  const known = clientStatuses.find((status) => status === row.values['status'])
  return known ? <StatusBadge status={known} /> : MISSING
}
