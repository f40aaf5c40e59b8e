import { type ComponentType, type ReactNode, useState } from 'react'
import { part, type Part, Wanted } from './part.tsx'

export type DialogProps = {
  open: boolean
  onOpenChange: (open: boolean) => void
  title: string
  description?: ReactNode
  /** The buttons, the main one last. */
  footer?: ReactNode
  wide?: boolean | undefined
  children?: ReactNode
}

export type DangerDialogProps = Omit<DialogProps, 'footer' | 'wide'> & {
  /** The verb on the red button. */
  action: string
  /** The words on the other button, where « Annuler » could be read as annulling the work itself. */
  stay?: string | undefined
  onConfirm: () => void
  loading?: boolean | undefined
  /** Where undo is impossible, this name must be typed first. */
  typedName?: string | undefined
}

/** In the middle of a wide screen, at the bottom of a narrow one. */
export const Dialog = whenOpened<DialogProps>(
  part(() => import('./dialog-popup.tsx').then((m) => m.DialogPopup)),
)

/** Beside the page: what one looks up or fills in while the list stays in sight. */
export const Sheet = whenOpened<DialogProps>(
  part(() => import('./dialog-popup.tsx').then((m) => m.SheetPopup)),
)

/** For what cannot be undone. Where undo is possible, act at once and offer it in a toast. */
export const DangerDialog = whenOpened<DangerDialogProps>(
  part(() => import('./dialog-popup.tsx').then((m) => m.DangerDialogPopup)),
)

function whenOpened<Props extends Pick<DialogProps, 'open' | 'onOpenChange'>>(
  popup: Part<Props>,
): ComponentType<Props> {
  return function WhenOpened(props: Props) {
    const [wanted, setWanted] = useState(props.open)
    if (props.open && !wanted) setWanted(true)
    return (
      <Wanted
        part={popup}
        when={wanted}
        give={props}
        onFailed={() => {
          setWanted(false)
          props.onOpenChange(false)
        }}
      />
    )
  }
}
