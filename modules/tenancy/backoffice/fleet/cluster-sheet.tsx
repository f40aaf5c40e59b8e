import { useId, useState } from 'react'
import { type Cluster, updateCluster } from '#contract/tenancy'
import { problemsByField } from '#platform/ui/api-error.ts'
import { Button } from '#platform/ui/button.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { Sheet } from '#platform/ui/dialog.tsx'
import { Field } from '#platform/ui/field.tsx'
import { FormErrors } from '#platform/ui/form.tsx'
import { Input } from '#platform/ui/input.tsx'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { Problems } from '#platform/ui/problems.ts'
import { Select } from '#platform/ui/select.tsx'
import { useDone } from '../acts/done.ts'

const states = ['open', 'closed'] as const

/** How many tenants a cluster takes, and whether it takes new ones at all. */
export function ClusterSheet({ cluster, onClose }: { cluster: Cluster; onClose: () => void }) {
  const t = useMessages()
  const formats = useFormats()
  const form = useId()
  const [capacity, setCapacity] = useState(String(cluster.capacity))
  const [state, setState] = useState(cluster.state)
  const save = useEndpoint(updateCluster, { onSuccess: useDone('tenancy.cluster.saved', onClose) })
  const isChanged = Number(capacity) !== cluster.capacity || state !== cluster.state
  return (
    <Sheet
      open
      onOpenChange={(open) => !open && onClose()}
      title={t('tenancy.cluster.edit.title', { name: cluster.name })}
      description={t('tenancy.cluster.edit.help', {
        count: cluster.tenants,
        shown: formats.integer(cluster.tenants),
      })}
      footer={
        <>
          <Button onClick={onClose}>{t('ui.cancel')}</Button>
          <Button type="submit" form={form} variant="primary" disabled={!isChanged} loading={save.isPending}>
            {t('tenancy.cluster.save')}
          </Button>
        </>
      }
    >
      <Problems value={problemsByField(save.error)}>
        <form
          id={form}
          noValidate
          className="flex flex-col gap-3.5"
          onSubmit={(event) => {
            event.preventDefault()
            if (isChanged && !save.isPending)
              save.mutate({ params: { id: cluster.id }, body: { capacity: Number(capacity), state } })
          }}
        >
          {save.error && save.error.code !== 'step_up_required' && <FormErrors error={save.error} />}
          <Field name="state" label={t('tenancy.state')} help={t(`tenancy.cluster.${state}.help`)}>
            <Select
              options={states.map((one) => ({ value: one, label: t(`tenancy.cluster.${one}`) }))}
              value={state}
              onChange={setState}
            />
          </Field>
          <Field
            name="capacity"
            label={t('tenancy.cluster.capacity')}
            help={t('tenancy.cluster.capacity.help')}
          >
            <Input type="number" min={1} max={5000} value={capacity} onChange={setCapacity} />
          </Field>
        </form>
      </Problems>
    </Sheet>
  )
}
