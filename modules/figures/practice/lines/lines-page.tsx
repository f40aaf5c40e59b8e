import { ListChecks } from 'lucide-react'
import {
  type FigureLine,
  type FigureName,
  figures,
  listFigureLines,
  ofThePractice,
  scopes,
  type WhichLines,
} from '#contract/figures'
import { addressState, aMonth, oneOf } from '#platform/ui/address-state.ts'
import { useEndpoint } from '#platform/ui/data.ts'
import { DataTable } from '#platform/ui/data-table.tsx'
import { ButtonLink } from '#platform/ui/link.tsx'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { PageHeader } from '#platform/ui/page-header.tsx'
import { useMay } from '#platform/ui/session.tsx'
import { EmptyState } from '#platform/ui/states.tsx'
import { useUrlState } from '#platform/ui/url-state.ts'
import { appointmentTo } from '../addresses.ts'
import { useDates } from '../dates.ts'
import { useLineColumns } from './columns.tsx'

const State = addressState({
  of: oneOf(Object.keys(figures) as FigureName[]), // its own keys
  scope: oneOf(scopes),
  before: oneOf(['yes']),
  month: aMonth,
  status: oneOf(['cancelled', 'late_cancelled', 'no_show']),
} satisfies Record<keyof WhichLines, unknown>)

/** Exactly what a figure counts or adds up, and what it comes to. */
export function LinesPage() {
  const t = useMessages()
  const may = useMay()
  const formats = useFormats()
  const dates = useDates()
  const [state] = useUrlState(State)
  const { of = 'appointments' } = state
  const { data, error, refetch } = useEndpoint(listFigureLines, { query: { ...state, of } })
  const columns = useLineColumns(of, data?.scope ?? 'practice')
  const isMoney = figures[of].money
  const total = data && (isMoney ? formats.money(data.total) : formats.integer(data.total))
  return (
    <>
      <PageHeader
        title={t(`figures.${of}`)}
        count={data && t('figures.lines.count', { count: data.count })}
        secondary={<ButtonLink to="/">{t('figures.home')}</ButtonLink>}
      >
        <div className="flex flex-wrap items-baseline gap-x-4 gap-y-1 text-13 text-ink-muted">
          {total !== undefined && (
            <p>
              {t('figures.lines.total')}{' '}
              <strong data-total className="text-16 font-semibold text-ink tabular-nums">
                {total}
              </strong>
            </p>
          )}
          {data?.about && <p className="font-medium text-ink">{data.about}</p>}
          {data?.stretch && <p>{dates.stretch(data.stretch)}</p>}
          {data && data.rows.length < data.count && (
            <p>{t('figures.lines.latest', { shown: data.rows.length })}</p>
          )}
          {data && !ofThePractice.includes(of) && <p>{t(`figures.scope.${data.scope}`)}</p>}
        </div>
        <p className="text-12 text-ink-muted">{t(`figures.rule.${of}`)}</p>
      </PageHeader>
      <DataTable
        id={`figures.${isMoney ? 'money' : 'lines'}`}
        label={t(`figures.${of}`)}
        columns={columns}
        rows={data?.rows}
        error={error}
        retry={() => void refetch()}
        rowId={({ id }) => id}
        rowLabel={({ patient, label }) => patient?.name ?? (label || t('figures.a-patient'))}
        rowTo={(row) => placeOf(row, may('patients.read'))}
        empty={
          <EmptyState icon={ListChecks} title={t('figures.lines.none')}>
            <p>{t('figures.lines.none.help')}</p>
          </EmptyState>
        }
      />
    </>
  )
}

/** Where a line is worked on. */
function placeOf({ id, kind, onLocal, patient }: FigureLine, seesPatients: boolean): string {
  if (kind === 'appointment') return appointmentTo(id, onLocal)
  return patient && seesPatients ? `/patients/${patient.id}` : '/'
}
