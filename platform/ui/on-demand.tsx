import { type ComponentProps, type ComponentType, lazy, type ReactElement, Suspense, useState } from 'react'

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
  const Loaded = lazy(() => load().then((component) => ({ default: component })))
  return function OnDemand(props) {
    const [wanted, setWanted] = useState(false)
    const near = () => void load().catch(() => undefined) // pressing it will try again and say so
    const trigger = (
      <Trigger
        aria-haspopup="true"
        aria-busy={wanted}
        onClick={() => setWanted(true)}
        onPointerEnter={near}
        onFocus={near}
      />
    )
    if (!wanted) return trigger
    return (
      <Suspense fallback={trigger}>
        <Loaded {...props} defaultOpen />
      </Suspense>
    )
  }
}
