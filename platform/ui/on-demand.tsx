import { type ComponentProps, type ComponentType, type ReactElement, useState } from 'react'
import { part, Wanted } from './part.tsx'

type TriggerProps = Omit<ComponentProps<'button'>, 'children'>

/** What a part gets that came because it was asked for: it opens at once. */
export type Demanded = { defaultOpen: boolean }

/**
 * A button whose menu or panel is loaded when first wanted: hovering or focusing it begins,
 * pressing it opens. So the first load of an app stays small.
 *
 * @example
 * const AccountMenu = onDemand(AccountTrigger, () => import('./account-menu.tsx').then((m) => m.AccountMenu))
 */
export function onDemand<Props extends object>(
  Trigger: ComponentType<TriggerProps>,
  load: () => Promise<ComponentType<Props & Demanded>>,
): (props: Props) => ReactElement {
  const demanded = part(load)
  const near = () => void demanded.preload()
  return function OnDemand(props) {
    const [wanted, setWanted] = useState(false)
    const trigger = (
      <Trigger
        aria-haspopup="true"
        aria-busy={wanted}
        onClick={() => setWanted(true)}
        onPointerEnter={near}
        onFocus={near}
      />
    )
    return (
      <Wanted
        part={demanded}
        when={wanted}
        give={{ ...props, defaultOpen: true }}
        otherwise={trigger}
        onFailed={() => setWanted(false)}
      />
    )
  }
}
