import { ShieldCheck } from 'lucide-react'
import { useMemo } from 'react'
import { listSignIns, type SignInEvent } from '#contract/identity'
import { Chip } from '#platform/ui/chip.tsx'
import { usePages } from '#platform/ui/data.ts'
import { type Column, DataTable } from '#platform/ui/data-table.tsx'
import { DateText } from '#platform/ui/date-text.tsx'
import { type Formats, MISSING } from '#platform/ui/formats.ts'
import { TextLink } from '#platform/ui/link.tsx'
import { type Translate, useFormats, useMessages } from '#platform/ui/messages.tsx'
import { useMay } from '#platform/ui/session.tsx'
import { EmptyState } from '#platform/ui/states.tsx'
import { countryName, deviceInWords } from '../device-words.ts'
import { memberTo } from '../staff/addresses.ts'
import { listTo } from './addresses.ts'
import type { SecurityState } from './security-state.ts'
import { EventBadge, suspicions } from './event-words.tsx'
import { Segments } from './segments.tsx'

type SignInListProps = { state: SecurityState; change: (change: Partial<SecurityState>) => void }

const whats = ['suspicious', 'failed', 'succeeded', 'all'] as const

/** Who tried to sign in, from where, and what became of it. What is suspicious comes first. */
export function SignInList({ state, change }: SignInListProps) {
  const t = useMessages()
  const formats = useFormats()
  const may = useMay()
  const what = state.what ?? 'suspicious'
  const list = usePages(listSignIns, { query: { what, staff: state.staff } })
  const columns = useMemo(() => columnsFor(t, formats, may('staff.read')), [t, formats, may])
  const person = list.rows?.find(({ staffId }) => staffId === state.staff)?.name
  return (
    <DataTable
      id="sign-ins"
      label={t('identity.security.sign-ins')}
      columns={columns}
      lines={2}
      rows={list.rows}
      rowId={(event) => event.id}
      rowLabel={(event) => event.name ?? event.ip}
      stale={list.stale}
      error={list.error}
      retry={list.retry}
      more={list.more}
      toolbar={
        <>
          <Segments
            label={t('identity.security.which-sign-ins')}
            options={whats.map((one) => ({
              label: t(`identity.security.what.${one}`),
              to: listTo({ ...state, tab: undefined, what: one === 'suspicious' ? undefined : one }),
              current: one === what,
            }))}
          />
          {state.staff && (
            <Chip
              label={t('identity.security.person')}
              value={person ?? MISSING}
              onRemove={() => change({ staff: undefined })}
            />
          )}
        </>
      }
      empty={
        <EmptyState icon={ShieldCheck} title={t(`identity.security.no-sign-ins.${what}`)}>
          <p>{t(`identity.security.no-sign-ins.${what}.help`)}</p>
        </EmptyState>
      }
    />
  )
}

function columnsFor(t: Translate, formats: Formats, maySeeStaff: boolean): Column<SignInEvent>[] {
  return [
    {
      id: 'person',
      header: t('identity.security.person'),
      width: 160,
      grow: true,
      cell: ({ staffId, name }) =>
        staffId && name ? (
          maySeeStaff ? (
            <TextLink to={memberTo(staffId)}>{name}</TextLink>
          ) : (
            name
          )
        ) : (
          <span className="text-ink-muted">{t('identity.security.nobody')}</span>
        ),
    },
    {
      id: 'event',
      header: t('identity.security.outcome'),
      width: 190,
      card: 'aside',
      cell: (event) => <EventBadge event={event} />,
    },
    {
      id: 'why',
      header: t('identity.security.why'),
      width: 280,
      importance: 2,
      cell: (event) => {
        const why = formats.list(suspicions(event, t))
        return why ? (
          <span className="block truncate max-sm:whitespace-normal" title={why}>
            {why}
          </span>
        ) : (
          <span className="text-ink-muted">{MISSING}</span>
        )
      },
    },
    {
      id: 'from',
      header: t('identity.security.from'),
      width: 290,
      importance: 2,
      cell: (event) => {
        const where = [countryName(event.country, formats.language), event.ip].filter(Boolean).join(' · ')
        return (
          <span className="block min-w-0 leading-tight">
            <span className="block truncate">{deviceInWords(event, t)}</span>
            <span
              title={where}
              className="block truncate text-12 text-ink-muted tabular-nums max-sm:wrap-anywhere max-sm:whitespace-normal"
            >
              {where}
            </span>
          </span>
        )
      },
    },
    {
      id: 'at',
      header: t('identity.security.at'),
      width: 250,
      cell: ({ at }) => <DateText value={at} show="both" />,
    },
    {
      id: 'factor',
      header: t('identity.security.factor'),
      width: 150,
      importance: 4,
      optional: true,
      card: 'none',
      cell: ({ factor }) =>
        factor ? t(`identity.security.factor.${factor}`) : <span className="text-ink-muted">{MISSING}</span>,
    },
  ]
}
