/** The looks that choices share, in menus, selects and comboboxes. */
export const popupClass =
  'float-in max-h-[min(360px,var(--available-height))] min-w-(--anchor-width) max-w-(--available-width) overflow-y-auto overscroll-contain rounded-control border border-line bg-raised p-1 text-13 text-ink shadow-float outline-none'

export const optionClass =
  'flex min-h-8 cursor-pointer items-center gap-2 rounded-small px-2 py-1 outline-none select-none data-highlighted:bg-hover data-disabled:cursor-default data-disabled:text-ink-faint touch:min-h-10'
