import type { ReactNode } from 'react'
import { cx } from '#platform/ui/cx.ts'

type SectionProps = { title: string; columns?: 2 | 3; children: ReactNode }

/** Fields that belong together, two or three a line where there is room. */
export function Section({ title, columns = 2, children }: SectionProps) {
  return (
    <fieldset className="min-w-0 border-t border-line pt-4 first-of-type:border-t-0 first-of-type:pt-0">
      <legend className="float-left mb-3 w-full text-14 font-semibold">{title}</legend>
      <div
        className={cx(
          'clear-both grid grid-cols-1 gap-x-4 gap-y-3.5',
          columns === 3 ? 'sm:grid-cols-3' : 'sm:grid-cols-2',
        )}
      >
        {children}
      </div>
    </fieldset>
  )
}
