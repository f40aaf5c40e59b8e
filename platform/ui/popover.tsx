import { Popover as Base } from '@base-ui/react/popover'
import type { ReactElement, ReactNode } from 'react'

type PopoverProps = {
  trigger: ReactElement
  /** Names the popover; shown as its heading. */
  title: string
  align?: 'start' | 'end' | undefined
  /** Opens as soon as it is there: for what came when it was asked for. */
  defaultOpen?: boolean | undefined
  /** For whoever closes it by what is done in it; else it minds itself. */
  open?: boolean
  onOpenChange?: (open: boolean) => void
  children: ReactNode
}

export function Popover({
  trigger,
  title,
  align = 'start',
  defaultOpen = false,
  children,
  ...held
}: PopoverProps) {
  return (
    <Base.Root defaultOpen={defaultOpen} {...held}>
      <Base.Trigger render={trigger} />
      <Base.Portal>
        <Base.Positioner align={align} sideOffset={4} className="z-20">
          <Base.Popup className="float-in w-80 max-w-(--available-width) max-sm:w-[calc(100vw-16px)] rounded-control border border-line bg-raised p-3 text-13 text-ink shadow-float outline-none">
            <Base.Title className="mb-2 text-14 font-semibold">{title}</Base.Title>
            {children}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}
