/** The dialogs of a patient's page: their code comes when they are first opened. */
import { dialogOnDemand } from '#platform/ui/dialog-on-demand.tsx'
import type { ConsentDialogProps } from './consent-dialog.tsx'
import type { CopyDialogProps } from './copy-dialog.tsx'
import type { ErasureDialogProps } from './erasure-dialog.tsx'
import type { RelativeDialogProps } from './relative-dialog.tsx'
import type { WithdrawalDialogProps } from './withdrawal-dialog.tsx'

export const ConsentDialog = dialogOnDemand(
  ({ open }: ConsentDialogProps) => open,
  () => import('./consent-dialog.tsx').then((module) => module.ConsentDialog),
)

export const WithdrawalDialog = dialogOnDemand(
  ({ consent }: WithdrawalDialogProps) => consent !== null,
  () => import('./withdrawal-dialog.tsx').then((module) => module.WithdrawalDialog),
)

export const CopyDialog = dialogOnDemand(
  ({ patientId }: CopyDialogProps) => patientId !== null,
  () => import('./copy-dialog.tsx').then((module) => module.CopyDialog),
)

export const ErasureDialog = dialogOnDemand(
  ({ patientId }: ErasureDialogProps) => patientId !== null,
  () => import('./erasure-dialog.tsx').then((module) => module.ErasureDialog),
)

export const RelativeDialog = dialogOnDemand(
  ({ open }: RelativeDialogProps) => open !== null,
  () => import('./relative-dialog.tsx').then((module) => module.RelativeDialog),
)
