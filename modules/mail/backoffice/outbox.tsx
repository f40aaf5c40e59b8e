/** Every mail on its way out: what left, what did not and why, and where nothing leaves, what it says. */
import { Mails } from 'lucide-react'
import { listMails, mailStates, type OutgoingMail } from '#contract/mail'
import { Id } from '#platform/contract/ids.ts'
import { Button } from '#platform/ui/button.tsx'
import { Chip, FilterMenu } from '#platform/ui/chip.tsx'
import { CopyId } from '#platform/ui/copy-id.tsx'
import { usePages } from '#platform/ui/data.ts'
import { type Column, DataTable } from '#platform/ui/data-table.tsx'
import { DateText } from '#platform/ui/date-text.tsx'
import { SearchInput } from '#platform/ui/input.tsx'
import { useGo } from '#platform/ui/link.tsx'
import { type Translate, useFormats, useMessages } from '#platform/ui/messages.tsx'
import { PageHeader } from '#platform/ui/page-header.tsx'
import { useSettledText } from '#platform/ui/settled-text.ts'
import { EmptyState } from '#platform/ui/states.tsx'
import { stringifySearch, useUrlState } from '#platform/ui/url-state.ts'
import { MailSheet } from './mail-sheet.tsx'
import { StateBadge } from './state-badge.tsx'

/** The filters, and the mail that is open beside the list. */
const Address = listMails.input.query.pick({ state: true, q: true }).extend({ mail: Id.optional() })

export function Outbox() {
  const t = useMessages()
  const formats = useFormats()
  const go = useGo()
  const [{ mail: open, ...filters }, setFilters] = useUrlState(Address)
  const [text, setText] = useSettledText(filters.q ?? '', (q) =>
    setFilters({ q: q === '' ? undefined : q }, { replace: true }),
  )
  const list = usePages(listMails, { query: filters })
  const filtered = Boolean(filters.state ?? filters.q)
  const count = list.total
  return (
    <>
      <PageHeader
        title={t('mail.outbox')}
        count={
          count === undefined
            ? undefined
            : t(list.totalIsExact ? 'mail.count' : 'mail.count.more', {
                count,
                shown: formats.integer(count),
              })
        }
      >
        <p className="text-13 text-ink-muted">{t('mail.intro')}</p>
      </PageHeader>
      <DataTable
        id="outbox"
        label={t('mail.outbox')}
        columns={columnsFor(t)}
        rows={list.rows}
        rowId={(mail) => mail.id}
        rowLabel={(mail) => t('mail.named', { subject: mail.subject, email: mail.to.email })}
        rowTo={(mail) => `/outbox${stringifySearch({ ...filters, mail: mail.id })}`}
        stale={list.stale}
        error={list.error}
        retry={list.retry}
        more={list.more}
        toolbar={
          <>
            <SearchInput
              label={t('mail.search')}
              placeholder={t('mail.search.placeholder')}
              value={text}
              onChange={setText}
            />
            <FilterMenu
              single
              label={t('mail.state')}
              options={mailStates.map((state) => ({ value: state, label: t(`mail.state.${state}`) }))}
              value={filters.state ? [filters.state] : []}
              onChange={([state]) => setFilters({ state })}
            />
            {filters.state && (
              <Chip
                label={t('mail.state')}
                value={t(`mail.state.${filters.state}`)}
                onRemove={() => setFilters({ state: undefined })}
              />
            )}
          </>
        }
        empty={
          <EmptyState
            icon={Mails}
            title={t(filtered ? 'mail.empty.filtered' : 'mail.empty')}
            action={filtered && <Button onClick={() => go('/outbox')}>{t('mail.empty.show-all')}</Button>}
          >
            <p>{t(filtered ? 'mail.empty.filtered.help' : 'mail.empty.help')}</p>
          </EmptyState>
        }
      />
      <MailSheet id={open} onClose={() => setFilters({ mail: undefined }, { replace: true })} />
    </>
  )
}

function columnsFor(t: Translate): Column<OutgoingMail>[] {
  return [
    {
      id: 'subject',
      header: t('mail.subject'),
      width: 280,
      grow: true,
      card: 'title',
      cell: (mail) => (
        <span lang={mail.language} className="font-medium">
          {mail.subject}
        </span>
      ),
    },
    {
      id: 'to',
      header: t('mail.to'),
      width: 240,
      cell: (mail) => mail.to.email,
    },
    {
      id: 'state',
      header: t('mail.state'),
      width: 120,
      card: 'aside',
      cell: (mail) => <StateBadge state={mail.state} />,
    },
    {
      id: 'at',
      header: t('mail.at'),
      width: 180,
      importance: 2,
      cell: (mail) => <DateText value={mail.at} show="instant" />,
    },
    {
      id: 'tries',
      header: t('mail.tries'),
      width: 90,
      align: 'end',
      importance: 3,
      card: 'none',
      cell: (mail) => <span className="tabular-nums">{mail.tries}</span>,
    },
    {
      id: 'template',
      header: t('mail.template'),
      width: 240,
      importance: 4,
      optional: true,
      card: 'none',
      cell: (mail) => <code className="text-12">{mail.template}</code>,
    },
    {
      id: 'id',
      header: t('mail.id'),
      width: 120,
      importance: 5,
      optional: true,
      card: 'none',
      cell: (mail) => <CopyId id={mail.id} label={t('mail.id')} />,
    },
  ]
}
