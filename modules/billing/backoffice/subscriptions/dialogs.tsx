import type { Subscription } from '#contract/billing'
import { CancelDialog } from './cancel-dialog.tsx'
import { CouponDialog } from './coupon-dialog.tsx'
import { ExtraDialog } from './extra-dialog.tsx'
import { OptionsDialog } from './options-dialog.tsx'
import { PauseDialog } from './pause-dialog.tsx'
import { PlanDialog } from './plan-dialog.tsx'
import { SettingsDialog } from './settings-dialog.tsx'
import { TrialDialog } from './trial-dialog.tsx'

const dialogs = {
  plan: PlanDialog,
  cancel: CancelDialog,
  pause: PauseDialog,
  trial: TrialDialog,
  extra: ExtraDialog,
  coupon: CouponDialog,
  options: OptionsDialog,
  settings: SettingsDialog,
} as const
export type Act = keyof typeof dialogs

export type ActProps = { subscription: Subscription; onClose: () => void }

export function DialogOf({ act, ...rest }: ActProps & { act: Act }) {
  const Chosen = dialogs[act]
  return <Chosen {...rest} />
}
