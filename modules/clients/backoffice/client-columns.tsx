import type { ClientRow } from '#contract/clients'
import { Avatar } from '#platform/ui/avatar.tsx'
import type { Column } from '#platform/ui/data-table.tsx'
import { DateText } from '#platform/ui/date-text.tsx'
import { MISSING } from '#platform/ui/formats.ts'
import type { Translate } from '#platform/ui/messages.tsx'
import { Money } from '#platform/ui/money.tsx'
import type { AccountManagers } from './account-managers.ts'
import { listedName, StatusBadge, SubscriptionBadge } from './client-words.tsx'
import { departmentName } from './department-name.ts'

/** What the list is about decides which dates and prices stand in it. */
export type ListView = 'clients' | 'trials' | 'paying' | 'trash'

export function columnsFor(
  t: Translate,
  view: ListView,
  nameOf: AccountManagers['nameOf'],
): Column<ClientRow>[] {
  const missing = <span className="text-ink-muted">{MISSING}</span>
  // Who comes from a sum of the dashboard finds here what it is the sum of.
  const aboutMoney = view === 'paying' || view === 'trials'
  const columns: Column<ClientRow>[] = [
    {
      id: 'name',
      header: t('clients.name'),
      width: 260,
      grow: true,
      sortable: true,
      cell: (client) => (
        <span className="flex min-w-0 items-center gap-2.5">
          <Avatar name={listedName(client)} />
          <span className="min-w-0 leading-tight">
            <span className="block truncate font-medium">{listedName(client)}</span>
            <span className="block truncate text-12 text-ink-muted">{client.email}</span>
          </span>
        </span>
      ),
    },
    {
      id: 'department',
      header: t('clients.department'),
      width: 104,
      importance: 3,
      cell: (client) =>
        client.department ? (
          <span title={departmentName(client.department)} className="tabular-nums">
            {client.department}
          </span>
        ) : (
          missing
        ),
    },
    {
      id: 'status',
      header: t('clients.status'),
      width: 112,
      card: 'aside',
      cell: (client) => <StatusBadge status={client.status} />,
    },
    {
      id: 'trialEnds',
      header: t('clients.trial-ends'),
      width: 132,
      importance: view === 'trials' ? 1 : 4,
      optional: view !== 'trials',
      sortable: true,
      cell: (client) => <DateText value={client.trialEndsOn} />,
    },
    {
      id: 'monthly',
      header: t('clients.monthly-excl'),
      width: 132,
      align: 'end',
      importance: aboutMoney ? 1 : 4,
      optional: !aboutMoney,
      card: aboutMoney ? 'line' : 'none',
      cell: (client) => (client.monthlyCents === null ? missing : <Money cents={client.monthlyCents} />),
    },
    {
      id: 'nextPayment',
      header: t('clients.next-payment'),
      width: 148,
      importance: 2,
      sortable: true,
      cell: (client) => <DateText value={client.nextPaymentOn} />,
    },
    {
      id: 'lastSignIn',
      header: t('clients.last-sign-in'),
      width: 232,
      importance: 2,
      sortable: true,
      cell: (client) =>
        client.lastSignInAt ? (
          <DateText value={client.lastSignInAt} show="both" />
        ) : (
          <span className="text-ink-muted">{t('clients.never-signed-in')}</span>
        ),
    },
    {
      id: 'trashedAt',
      header: t('clients.trashed-at'),
      width: 148,
      cell: (client) => <DateText value={client.trashedAt} show="dayTime" />,
    },
    {
      id: 'subscription',
      header: t('clients.subscription'),
      width: 124,
      importance: 4,
      optional: true,
      card: 'none',
      cell: (client) => (client.subscription ? <SubscriptionBadge status={client.subscription} /> : missing),
    },
    {
      id: 'accountManager',
      header: t('clients.account-manager'),
      width: 140,
      importance: 4,
      optional: true,
      card: 'none',
      cell: (client) => <span className="block truncate">{nameOf(client.accountManagerId) ?? missing}</span>,
    },
    {
      id: 'city',
      header: t('clients.city'),
      width: 140,
      importance: 4,
      optional: true,
      card: 'none',
      cell: (client) => <span className="block truncate">{client.city ?? MISSING}</span>,
    },
    {
      id: 'kind',
      header: t('clients.kind'),
      width: 110,
      importance: 5,
      optional: true,
      card: 'none',
      cell: (client) => t(`clients.kind.${client.kind}`),
    },
    {
      id: 'created',
      header: t('clients.created-at'),
      width: 112,
      importance: 5,
      optional: true,
      sortable: true,
      card: 'none',
      cell: (client) => <DateText value={client.createdAt} />,
    },
  ]
  return columns.filter(({ id }) => view === 'trash' || id !== 'trashedAt')
}
