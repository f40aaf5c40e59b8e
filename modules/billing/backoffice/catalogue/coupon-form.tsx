import { useState } from 'react'
import { addCoupon } from '#contract/billing'
import { ActDialog } from '#platform/ui/act-dialog.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { Field } from '#platform/ui/field.tsx'
import { Input } from '#platform/ui/input.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { discountIn } from '../editor/typed.ts'
import { TypedNumber } from '../subscriptions/money-field.tsx'

/** « 10 % » is a part, « 5,00 » an amount. */
export function CouponForm({ onClose }: { onClose: () => void }) {
  const t = useMessages()
  const [code, setCode] = useState('')
  const [off, setOff] = useState('')
  const [periods, setPeriods] = useState('')
  const [uses, setUses] = useState('')
  const [validUntil, setUntil] = useState('')
  const add = useEndpoint(addCoupon, { onSuccess: onClose })
  const discount = discountIn(off)
  const isNone = discount === null || (discount.basisPoints === 0 && discount.cents === 0)
  const numberOrNull = (typed: string) => (typed.trim() === '' ? null : Number(typed))
  return (
    <ActDialog
      title={t('billing.catalogue.coupon.new')}
      action={t('billing.subscriptions.add')}
      missing={[
        ...(code.trim() === '' ? [t('billing.subscriptions.code')] : []),
        ...(isNone ? [t('billing.catalogue.coupon.off')] : []),
      ]}
      running={add.isPending}
      error={add.error}
      onClose={onClose}
      onSubmit={() =>
        discount &&
        add.mutate({
          body: {
            code,
            percentBasisPoints: discount.basisPoints || null,
            amountCents: discount.cents || null,
            periods: numberOrNull(periods),
            usesAtMost: numberOrNull(uses),
            validUntil: validUntil === '' ? null : validUntil,
          },
        })
      }
    >
      <Field label={t('billing.subscriptions.code')} name="code">
        <Input value={code} onChange={(typed) => setCode(typed.toUpperCase())} autoComplete="off" />
      </Field>
      <Field
        label={t('billing.catalogue.coupon.off')}
        name="percentBasisPoints"
        help={t('billing.catalogue.coupon.off.help')}
      >
        <TypedNumber value={off} onChange={setOff} />
      </Field>
      <Field label={t('billing.catalogue.coupon.how-long')} name="periods" optional>
        <TypedNumber value={periods} onChange={setPeriods} />
      </Field>
      <Field label={t('billing.catalogue.coupon.how-often')} name="usesAtMost" optional>
        <TypedNumber value={uses} onChange={setUses} />
      </Field>
      <Field label={t('billing.catalogue.coupon.until')} name="validUntil" optional>
        <Input type="date" value={validUntil} onChange={setUntil} />
      </Field>
    </ActDialog>
  )
}
