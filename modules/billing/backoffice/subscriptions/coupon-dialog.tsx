import { useState } from 'react'
import { X } from 'lucide-react'
import { applyCoupon, removeCoupon } from '#contract/billing'
import { ActDialog } from '#platform/ui/act-dialog.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { Field } from '#platform/ui/field.tsx'
import { IconButton } from '#platform/ui/icon-button.tsx'
import { Input } from '#platform/ui/input.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { notify } from '#platform/ui/toast.tsx'
import type { ActProps } from './dialogs.tsx'

export function CouponDialog({ subscription, onClose }: ActProps) {
  const t = useMessages()
  const [code, setCode] = useState('')
  const apply = useEndpoint(applyCoupon, {
    onSuccess: () => {
      notify.done({ title: t('billing.subscriptions.done.coupon') })
      onClose()
    },
  })
  const remove = useEndpoint(removeCoupon)
  const { id, coupons, revision } = subscription
  return (
    <ActDialog
      title={t('billing.subscriptions.coupon')}
      action={t('billing.subscriptions.apply')}
      missing={code.trim() === '' ? [t('billing.subscriptions.code')] : []}
      running={apply.isPending}
      error={apply.error ?? remove.error}
      onClose={onClose}
      onSubmit={() => apply.mutate({ params: { id }, body: { revision, code } })}
    >
      {coupons.map((coupon) => (
        <p key={coupon.couponId} className="flex items-center gap-2 text-13">
          <span className="font-medium">{coupon.code}</span>
          <span className="ml-auto" />
          <IconButton
            icon={X}
            label={t('billing.subscriptions.coupon-remove', { code: coupon.code })}
            onClick={() => remove.mutate({ params: { id, couponId: coupon.couponId } })}
          />
        </p>
      ))}
      <Field label={t('billing.subscriptions.code')} name="code">
        <Input value={code} onChange={(typed) => setCode(typed.toUpperCase())} autoComplete="off" />
      </Field>
    </ActDialog>
  )
}
