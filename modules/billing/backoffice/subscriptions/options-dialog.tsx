import { useState } from 'react'
import { getCatalogue, setSubscriptionOptions } from '#contract/billing'
import { ActDialog } from '#platform/ui/act-dialog.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { Field } from '#platform/ui/field.tsx'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { notify } from '#platform/ui/toast.tsx'
import type { ActProps } from './dialogs.tsx'
import { TypedNumber } from './money-field.tsx'

/** How many of each from the next period on; none typed is none. */
export function OptionsDialog({ subscription, onClose }: ActProps) {
  const t = useMessages()
  const formats = useFormats()
  const { data } = useEndpoint(getCatalogue)
  const [typed, setTyped] = useState<Readonly<Record<string, string>>>(() =>
    Object.fromEntries(subscription.options.map(({ optionId, quantity }) => [optionId, String(quantity)])),
  )
  const save = useEndpoint(setSubscriptionOptions, {
    onSuccess: () => {
      notify.done({ title: t('billing.subscriptions.done.options') })
      onClose()
    },
  })
  const wanted = Object.entries(typed).filter(([, count]) => count.trim() !== '' && count.trim() !== '0')
  return (
    <ActDialog
      title={t('billing.subscriptions.options')}
      description={t('billing.subscriptions.options.help')}
      action={t('billing.subscriptions.save')}
      disabled={wanted.some(([, count]) => !/^\d{1,4}$/.test(count.trim()))}
      running={save.isPending}
      error={save.error}
      onClose={onClose}
      onSubmit={() =>
        save.mutate({
          params: { id: subscription.id },
          body: {
            revision: subscription.revision,
            options: wanted.map(([optionId, count]) => ({ optionId, quantity: Number(count) })),
          },
        })
      }
    >
      {(data?.options ?? [])
        .filter((option) => !option.archived || typed[option.id])
        .map((option) => (
          <Field
            key={option.id}
            label={option.name}
            help={t('billing.subscriptions.a-month', { price: formats.money(option.monthlyCents) })}
          >
            <TypedNumber
              value={typed[option.id] ?? ''}
              onChange={(count) => setTyped({ ...typed, [option.id]: count })}
            />
          </Field>
        ))}
    </ActDialog>
  )
}
