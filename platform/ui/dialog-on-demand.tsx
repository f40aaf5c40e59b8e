import { type ComponentType, type ReactElement, useState } from 'react'
import { part, Wanted } from './part.tsx'

/**
 * A dialog whose code comes when it is first opened: forms weigh more than the pages they are opened from. From then on
 * it stays, so that it closes as every other does.
 *
 * @example
 * const CopyDialog = dialogOnDemand(
 *   ({ patientId }) => patientId !== null,
 *   () => import('./copy-dialog.tsx').then((module) => module.CopyDialog),
 * )
 */
export function dialogOnDemand<Props extends { onClose: () => void }>(
  isOpen: (props: Props) => boolean,
  load: () => Promise<ComponentType<Props>>,
): (props: Props) => ReactElement {
  const demanded = part(load)
  return function DialogOnDemand(props) {
    const [wanted, setWanted] = useState(false)
    if (isOpen(props) && !wanted) setWanted(true)
    return (
      <Wanted
        part={demanded}
        when={wanted}
        give={props}
        onFailed={() => {
          setWanted(false)
          props.onClose()
        }}
      />
    )
  }
}
