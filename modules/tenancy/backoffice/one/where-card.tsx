import { Check, Copy } from 'lucide-react'
import { useState } from 'react'
import { chooseCanary, type Tenant } from '#contract/tenancy'
import { Card } from '#platform/ui/card.tsx'
import { Switch } from '#platform/ui/checkbox.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { DateText } from '#platform/ui/date-text.tsx'
import { sentenceOf } from '#platform/ui/errors.ts'
import { IconButton } from '#platform/ui/icon-button.tsx'
import { TextLink } from '#platform/ui/link.tsx'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { useMay } from '#platform/ui/session.tsx'
import { notify } from '#platform/ui/toast.tsx'
import { clientTo } from '../addresses.ts'
import { Fact, Facts } from '../facts.tsx'
import { tenantCan } from '../tenant-can.ts'
import { VersionMark } from '../version-mark.tsx'

/** Whose it is, where it lies, and which schema it has. */
export function WhereCard({ tenant }: { tenant: Tenant }) {
  const t = useMessages()
  const formats = useFormats()
  const may = useMay()
  const { clientId, kind, cluster, databaseName, schemaVersion, currentVersion, createdAt } = tenant
  const isPurged = tenant.state === 'purged'
  return (
    <Card title={t(isPurged ? 'tenancy.card.where-was' : 'tenancy.card.where')}>
      <Facts>
        <Fact label={t('tenancy.client')}>
          {clientId === null ? (
            <span className="text-ink-muted">{t('tenancy.client.gone')}</span>
          ) : may('clients.read') ? (
            <TextLink to={clientTo(clientId)}>{t('tenancy.client.see')}</TextLink>
          ) : null}
        </Fact>
        <Fact label={t('tenancy.kind')}>{t(`tenancy.kind.${kind}`)}</Fact>
        <Fact label={t('tenancy.opened-on')}>
          <DateText value={createdAt} show="dayTime" />
        </Fact>
        <Fact label={t('tenancy.cluster')}>{cluster}</Fact>
        <Fact label={t('tenancy.database')}>
          <DatabaseName name={databaseName} />
        </Fact>
        {!isPurged && (
          <>
            <Fact label={t('tenancy.version')}>
              <VersionMark version={schemaVersion} current={currentVersion} />
              {schemaVersion !== null && (
                <span className="ml-2 text-12 text-ink-muted">
                  {schemaVersion !== currentVersion
                    ? t('tenancy.version.behind', { current: formats.integer(currentVersion) })
                    : t('tenancy.version.current')}
                </span>
              )}
            </Fact>
            <Fact label={t('tenancy.canary')}>
              <Canary tenant={tenant} />
            </Fact>
          </>
        )}
      </Facts>
    </Card>
  )
}

function DatabaseName({ name }: { name: string }) {
  const t = useMessages()
  const [copied, setCopied] = useState(false)
  const copy = async () => {
    await navigator.clipboard.writeText(name)
    setCopied(true)
    setTimeout(() => setCopied(false), 1500)
  }
  return (
    <span className="flex items-center gap-1">
      <code className="min-w-0 font-mono text-12 break-all">{name}</code>
      <IconButton
        icon={copied ? Check : Copy}
        label={t('tenancy.database.copy')}
        size="small"
        className="-my-1"
        onClick={() => void copy()}
      />
      <span className="sr-only" aria-live="polite">
        {copied ? t('ui.copied') : ''}
      </span>
    </span>
  )
}

/** Takes effect at once, and is taken back from the toast. */
function Canary({ tenant }: { tenant: Tenant }) {
  const t = useMessages()
  const may = useMay()
  const choose = useEndpoint(chooseCanary, {
    onError: (error) => notify.failed({ title: sentenceOf(error, t) }),
  })
  const { id, canary } = tenant
  const turn = (next: boolean) =>
    choose.mutate(
      { params: { id }, body: { canary: next } },
      {
        onSuccess: () =>
          notify.done({
            title: t(next ? 'tenancy.canary.chosen' : 'tenancy.canary.left'),
            undo: () => choose.mutate({ params: { id }, body: { canary: !next } }),
          }),
      },
    )
  if (!tenantCan.chooseCanary(tenant, may)) return t(canary ? 'tenancy.canary.yes' : 'tenancy.canary.no')
  return (
    <span className="flex flex-col gap-1">
      <Switch
        label={t('tenancy.canary.switch')}
        checked={choose.isPending ? choose.variables.body.canary : canary}
        onChange={turn}
      />
      <span className="text-12 text-ink-muted">{t('tenancy.canary.help')}</span>
    </span>
  )
}
