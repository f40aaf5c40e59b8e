import { CSPProvider } from '@base-ui/react/csp-provider'
import type { ReactNode } from 'react'
import { Toasts } from './toast.tsx'
import { TooltipLayer } from './tooltip.tsx'

/** What every component counts on. The strict security policy allows no style element. */
export function UiProvider({ children }: { children: ReactNode }) {
  return (
    <CSPProvider disableStyleElements>
      {children}
      <TooltipLayer />
      <Toasts />
    </CSPProvider>
  )
}
