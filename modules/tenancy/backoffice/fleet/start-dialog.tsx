import { Rocket } from 'lucide-react'
import { useState } from 'react'
import { type Fleet, startMigration } from '#contract/tenancy'
import { ActDialog } from '#platform/ui/act-dialog.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { Field } from '#platform/ui/field.tsx'
import { Input } from '#platform/ui/input.tsx'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { useDone } from '../acts/done.ts'
import { bareName } from './bare-name.ts'

/** Before every practice's database is changed: how, in which order, and when it stops by itself. */
export function StartDialog({ fleet, onClose }: { fleet: Fleet; onClose: () => void }) {
  const t = useMessages()
  const formats = useFormats()
  const [allowed, setAllowed] = useState('0')
  const start = useEndpoint(startMigration, {
    onSuccess: useDone('tenancy.migration.started', onClose),
  })
  const { versions, currentVersion, migrations } = fleet
  const behind = versions.filter(({ version }) => version < currentVersion)
  const tenants = behind.reduce((sum, one) => sum + one.tenants, 0)
  const oldest = Math.min(...behind.map(({ version }) => version))
  const failuresAllowed = Number(allowed)
  const isNumber = allowed !== '' && Number.isInteger(failuresAllowed) && failuresAllowed >= 0
  return (
    <ActDialog
      title={t('tenancy.migration.start.title', { version: formats.integer(currentVersion) })}
      effects={[
        t('tenancy.migration.start.whom', { count: tenants, shown: formats.integer(tenants) }),
        t('tenancy.migration.start.waves'),
        t('tenancy.migration.start.each'),
      ]}
      action={t('tenancy.migration.start')}
      icon={Rocket}
      disabled={!isNumber}
      running={start.isPending}
      error={start.error}
      onSubmit={() => start.mutate({ body: { failuresAllowed } })}
      onClose={onClose}
    >
      <div className="text-13">
        <p className="font-medium">{t('tenancy.migration.start.what')}</p>
        <ul className="mt-1 flex flex-col gap-0.5 text-12 text-ink-muted">
          {migrations
            .filter(({ version }) => version > oldest && version <= currentVersion)
            .map(({ version, name }) => (
              <li key={version}>
                {t('tenancy.version.of', { version: formats.integer(version) })} · {bareName(name)}
              </li>
            ))}
        </ul>
      </div>
      <Field
        name="failuresAllowed"
        label={t('tenancy.migration.failures-allowed')}
        help={t('tenancy.migration.failures-allowed.help')}
      >
        <Input type="number" min={0} max={100} value={allowed} onChange={setAllowed} />
      </Field>
    </ActDialog>
  )
}
