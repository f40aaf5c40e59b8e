import { getBillingProfile } from '#contract/billing'
import type { Client } from '#contract/clients'
import { Card } from '#platform/ui/card.tsx'
import { CopyId } from '#platform/ui/copy-id.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { DateText } from '#platform/ui/date-text.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { useMay } from '#platform/ui/session.tsx'
import { departmentName } from './department-name.ts'
import { Fact, Facts } from './facts.tsx'
import { groupedNumber, phoneInWords, sirenOf } from './number-words.ts'

type CardProps = { client: Client }

const link =
  'rounded-small text-accent-ink underline decoration-line-strong underline-offset-3 hover:decoration-current'

export function ContactCard({ client }: CardProps) {
  const t = useMessages()
  const place = [client.postalCode, client.city].filter(Boolean).join(' ')
  return (
    <Card title={t('clients.card.contact')}>
      <Facts>
        <Fact label={t('clients.email')} copy={client.email}>
          <span className="wrap-anywhere">{client.email}</span>
        </Fact>
        <Fact label={t('clients.phone')} copy={client.phone}>
          {client.phone && (
            <a href={`tel:${client.phone}`} className={`${link} tabular-nums`}>
              {phoneInWords(client.phone)}
            </a>
          )}
        </Fact>
        <Fact label={t('clients.address')}>{[client.address, place].filter(Boolean).join('\n')}</Fact>
        <Fact label={t('clients.department')}>{client.department && departmentName(client.department)}</Fact>
      </Facts>
    </Card>
  )
}

export function IdentityCard({ client }: CardProps) {
  const t = useMessages()
  return (
    <Card title={t('clients.card.identity')}>
      <Facts>
        <Fact label={t('clients.last-name')}>{client.lastName}</Fact>
        <Fact label={t('clients.first-name')}>{client.firstName}</Fact>
        <Fact label={t('clients.kind')}>{t(`clients.kind.${client.kind}`)}</Fact>
        <Fact label={t('clients.account-manager')}>{client.accountManager}</Fact>
        <Fact label={t('clients.origin')}>{client.origin}</Fact>
      </Facts>
    </Card>
  )
}

/** Numbers are written in groups, as people read them out, and copied without. */
export function NumbersCard({ client }: CardProps) {
  const t = useMessages()
  const may = useMay()
  const own = sirenOf(client.siret)
  const billed = useEndpoint(
    getBillingProfile,
    { params: { id: client.id } },
    { enabled: own === null && may('invoices.read') },
  ).data?.buyer.siren
  const siren = own ?? billed
  return (
    <Card title={t('clients.card.numbers')}>
      <Facts>
        <Fact label={t('clients.rpps')} copy={client.rpps}>
          {client.rpps && <span className="tabular-nums">{client.rpps}</span>}
        </Fact>
        <Fact label={t('clients.adeli')} copy={client.adeli}>
          {client.adeli && <span className="tabular-nums">{client.adeli}</span>}
        </Fact>
        <Fact label={t('clients.siret')} copy={client.siret}>
          {client.siret && <span className="tabular-nums">{groupedNumber(client.siret)}</span>}
        </Fact>
        <Fact label={t('clients.siren')} copy={siren}>
          {siren && <span className="tabular-nums">{groupedNumber(siren)}</span>}
          {siren && own === null && (
            <span className="block text-12 text-ink-muted">{t('clients.siren.from-billing')}</span>
          )}
        </Fact>
      </Facts>
    </Card>
  )
}

export function HistoryCard({ client }: CardProps) {
  const t = useMessages()
  return (
    <Card title={t('clients.card.history')}>
      <Facts>
        <Fact label={t('clients.last-sign-in')}>
          {client.lastSignInAt ? (
            <>
              <DateText value={client.lastSignInAt} show="relative" />
              <span className="block text-12 text-ink-muted">
                <DateText value={client.lastSignInAt} show="dayTime" />
              </span>
            </>
          ) : (
            t('clients.never-signed-in')
          )}
        </Fact>
        <Fact label={t('clients.created-at')}>
          <DateText value={client.createdAt} show="dayTime" />
        </Fact>
        <Fact label={t('clients.updated-at')}>
          <DateText value={client.updatedAt} show="dayTime" />
        </Fact>
        <Fact label={t('clients.id')}>
          <span className="-ml-1">
            <CopyId id={client.id} />
          </span>
        </Fact>
      </Facts>
    </Card>
  )
}

/** Stands on yellow paper: said among colleagues, never shown to the client. */
export function NoteCard({ client }: CardProps) {
  const t = useMessages()
  if (!client.internalNote) return null
  return (
    <section
      aria-label={t('clients.internal-note')}
      className="rounded-card border border-line bg-paper px-4 py-3 text-on-paper"
    >
      <h2 className="text-12 font-medium">{t('clients.internal-note')}</h2>
      <p className="mt-1 text-14 break-words whitespace-pre-wrap">{client.internalNote}</p>
    </section>
  )
}
