/** The menus themselves: their code comes when the first of them is wanted (see menu.tsx). */
import { Menu as Base } from '@base-ui/react/menu'
import { Check } from 'lucide-react'
import { Fragment, type ReactElement, type ReactNode } from 'react'
import { cx } from './cx.ts'
import { Kbd } from './kbd.tsx'
import { useGo } from './link.tsx'
import type { MenuAnchor, MenuAtProps, MenuItem, MenuProps } from './menu.tsx'
import { optionClass } from './option-class.ts'

export function TriggeredMenu({ trigger, items, align = 'start', header }: MenuProps): ReactElement {
  return (
    <Base.Root modal={false} defaultOpen>
      <Base.Trigger render={trigger} />
      <MenuPopup items={items} align={align} header={header} />
    </Base.Root>
  )
}

export function AnchoredMenu({ anchor, items, onClose, origin }: MenuAtProps): ReactElement {
  return (
    <Base.Root modal={false} open={anchor !== null} onOpenChange={(open) => !open && onClose()}>
      <MenuPopup items={items} align="end" anchor={anchor} origin={origin} />
    </Base.Root>
  )
}

type PopupProps = {
  items: readonly MenuItem[]
  align: 'start' | 'end'
  header?: ReactNode
  anchor?: MenuAnchor | null
  origin?: HTMLElement | null | undefined
}

function MenuPopup({ items, align, header, anchor, origin }: PopupProps) {
  const groups = Map.groupBy(items, (item) => item.group ?? '')
  return (
    <Base.Portal>
      <Base.Positioner align={align} sideOffset={4} className="z-20 outline-none" {...(anchor && { anchor })}>
        <Base.Popup
          {...(origin && { finalFocus: () => origin })}
          className="float-in max-h-(--available-height) min-w-44 max-w-80 overflow-y-auto rounded-control border border-line bg-raised p-1 text-13 text-ink shadow-float outline-none"
        >
          {header && <div className="border-b border-line px-2 pt-1 pb-2 mb-1">{header}</div>}
          {[...groups].map(([group, members], index) => (
            <Fragment key={group}>
              {index > 0 && <Base.Separator className="-mx-1 my-1 h-px bg-line" />}
              <Base.Group>
                {group.trim() && (
                  <Base.GroupLabel className="px-2 py-1 text-12 text-ink-muted">{group}</Base.GroupLabel>
                )}
                {members.map((item) => (
                  <Item key={item.label} item={item} />
                ))}
              </Base.Group>
            </Fragment>
          ))}
        </Base.Popup>
      </Base.Positioner>
    </Base.Portal>
  )
}

function Item({ item }: { item: MenuItem }) {
  const go = useGo()
  const { label, icon: Icon, onSelect, to, checked, danger, disabled = false, shortcut } = item
  const className = cx(optionClass, danger && 'text-danger-ink')
  const act = () => (to === undefined ? onSelect?.() : go(to))
  const inside = (
    <>
      {Icon && <Icon aria-hidden size={16} className={danger ? '' : 'text-ink-muted'} />}
      <span className="min-w-0 flex-1">{label}</span>
      {shortcut && <Kbd keys={shortcut} />}
    </>
  )
  if (checked === undefined)
    return (
      <Base.Item disabled={disabled} onClick={act} label={label} className={className}>
        {inside}
      </Base.Item>
    )
  return (
    <Base.CheckboxItem
      checked={checked}
      disabled={disabled}
      onCheckedChange={act}
      label={label}
      className={className}
    >
      {inside}
      <span className="flex size-4 items-center text-accent-ink">
        <Base.CheckboxItemIndicator>
          <Check aria-hidden size={16} />
        </Base.CheckboxItemIndicator>
      </span>
    </Base.CheckboxItem>
  )
}
