import type { PatientRow } from '#contract/patients'
import { Avatar } from '#platform/ui/avatar.tsx'
import type { Column } from '#platform/ui/data-table.tsx'
import { DateText } from '#platform/ui/date-text.tsx'
import { MISSING } from '#platform/ui/formats.ts'
import type { Translate } from '#platform/ui/messages.tsx'
import { Money } from '#platform/ui/money.tsx'
import { AuthorityMissing, linkClass, listedName, LocalTime } from './patient-words.tsx'

export function columnsFor(
  t: Translate,
  { fees, trash }: { fees: boolean; trash: boolean },
): Column<PatientRow>[] {
  const missing = <span className="text-ink-muted">{MISSING}</span>
  const columns: Column<PatientRow>[] = [
    {
      id: 'name',
      header: t('patients.name'),
      width: 240,
      grow: true,
      sortable: true,
      card: 'title',
      cell: (patient) => (
        <span className="flex min-w-0 items-center gap-2.5">
          <Avatar name={listedName(patient)} />
          <span className="min-w-0 leading-tight">
            <span className="block truncate font-medium">{listedName(patient)}</span>
            {patient.authorityMissing ? (
              <AuthorityMissing />
            ) : (
              <span className="block truncate text-12 text-ink-muted">
                {[patient.city, patient.monSoutienPsy && t('patients.mon-soutien-psy')]
                  .filter(Boolean)
                  .join(' · ')}
              </span>
            )}
          </span>
        </span>
      ),
    },
    {
      id: 'age',
      header: t('patients.age'),
      width: 72,
      importance: 3,
      align: 'end',
      card: 'aside',
      cell: ({ age }) =>
        age === null ? missing : <span className="whitespace-nowrap">{t('patients.years', { age })}</span>,
    },
    {
      id: 'phone',
      header: t('patients.phone'),
      width: 136,
      importance: 1,
      blank: ({ phone }) => !phone,
      cell: ({ phone, phoneDialled }) =>
        phone ? (
          <a
            href={`tel:${phoneDialled}`}
            className={`${linkClass} whitespace-nowrap tabular-nums`}
            // The row opens the patient; this calls them.
            onClick={(event) => event.stopPropagation()}
          >
            {phone}
          </a>
        ) : (
          missing
        ),
    },
    {
      id: 'next',
      header: t('patients.next'),
      width: 176,
      importance: 2,
      sortable: true,
      blank: ({ nextLocal }) => nextLocal === null,
      cell: ({ nextLocal }) => <LocalTime value={nextLocal} />,
    },
    {
      id: 'seen',
      header: t('patients.last-seen'),
      width: 132,
      importance: 2,
      sortable: true,
      blank: ({ lastSeenOn }) => lastSeenOn === null,
      cell: ({ lastSeenOn }) => <DateText value={lastSeenOn} />,
    },
    {
      id: 'origin',
      header: t('patients.origin'),
      width: 132,
      importance: 4,
      card: 'none',
      cell: ({ origin }) => origin ?? missing,
    },
    {
      id: 'created',
      header: t('patients.created'),
      width: 112,
      importance: 5,
      sortable: true,
      optional: true,
      card: 'none',
      cell: ({ createdAt }) => <DateText value={createdAt} />,
    },
    {
      id: 'owed',
      header: t('patients.owed'),
      width: 104,
      importance: 3,
      align: 'end',
      sortable: true,
      blank: ({ owedCents }) => !owedCents,
      cell: ({ owedCents }) => (owedCents ? <Money cents={owedCents} /> : missing),
    },
    {
      id: 'trashed',
      header: t('patients.trashed'),
      width: 132,
      cell: ({ trashedAt }) => <DateText value={trashedAt} show="dayTime" />,
    },
  ]
  return columns.filter(({ id }) => (id !== 'owed' || fees) && (id !== 'trashed' || trash))
}
