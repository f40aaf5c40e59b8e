import { Pencil } from 'lucide-react'
import { useState } from 'react'
import { getBillingProfile } from '#contract/billing'
import { Badge } from '#platform/ui/badge.tsx'
import { Button } from '#platform/ui/button.tsx'
import { Card } from '#platform/ui/card.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { TextLink } from '#platform/ui/link.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { useMay } from '#platform/ui/session.tsx'
import { Skeleton } from '#platform/ui/skeleton.tsx'
import { ErrorState } from '#platform/ui/states.tsx'
import { ProfileDialog } from './profile-dialog.tsx'

type ClientCardProps = {
  clientId: string
  /** A finding leads here: the profile opens. */
  open: boolean
  onOpenChange: (open: boolean) => void
}

/** Whom it is for, as it will be printed. */
export function ClientCard({ clientId, open, onOpenChange }: ClientCardProps) {
  const t = useMessages()
  const may = useMay()
  const { data, error, refetch } = useEndpoint(getBillingProfile, { params: { id: clientId } })
  const { buyer, profile } = data ?? {}
  return (
    <Card
      title={t('billing.client')}
      actions={
        profile &&
        may('invoices.write') && (
          <Button variant="ghost" size="small" icon={Pencil} onClick={() => onOpenChange(true)}>
            {t('billing.editor.profile.edit')}
          </Button>
        )
      }
    >
      {error ? (
        <ErrorState error={error} onRetry={refetch} />
      ) : buyer && profile ? (
        <>
          <p className="text-14 font-medium">
            {may('clients.read') ? <TextLink to={`/clients/${clientId}`}>{buyer.name}</TextLink> : buyer.name}
          </p>
          <address className="mt-1 text-13 text-ink-muted not-italic">
            {[...buyer.address.lines, `${buyer.address.postcode} ${buyer.address.city}`.trim()]
              .filter((line) => line !== '')
              .map((line) => (
                <span key={line} className="block">
                  {line}
                </span>
              ))}
            {buyer.email && <span className="block truncate">{buyer.email}</span>}
          </address>
          <p className="mt-2 flex flex-wrap items-center gap-2 text-12 text-ink-muted tabular-nums">
            <Badge tone="neutral">{t(`billing.editor.audience.${profile.audience}`)}</Badge>
            {buyer.siren && t('billing.editor.siren', { siren: buyer.siren })}
          </p>
          {open && (
            <ProfileDialog clientId={clientId} profile={profile} onClose={() => onOpenChange(false)} />
          )}
        </>
      ) : (
        <Skeleton width="70%" />
      )}
    </Card>
  )
}

/** The card where nothing leads to the profile but its own button. */
export function ClientCardAlone({ clientId }: { clientId: string }) {
  const [open, setOpen] = useState(false)
  return <ClientCard clientId={clientId} open={open} onOpenChange={setOpen} />
}
