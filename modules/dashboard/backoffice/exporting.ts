import { type RefObject, useEffect, useEffectEvent } from 'react'
import { type Dashboard, exportDashboard } from '#contract/dashboard'
import { hrefOf } from '#platform/ui/call.ts'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { notify } from '#platform/ui/toast.tsx'

export type ExportKind = 'csv' | 'png'

type Asked = { asked: ExportKind | undefined; done: () => void }

/** Saves the board as figures (made by the server) or as an image (made here, from what is on screen). */
export function useExport(
  board: RefObject<HTMLElement | null>,
  dashboard: Dashboard | undefined,
  { asked, done }: Asked,
): (kind: ExportKind) => void {
  const t = useMessages()
  const formats = useFormats()

  const image = async (month: string, asOf: string) => {
    const element = board.current
    if (!element) return
    const { paint } = await import('./painting.ts')
    const blob = await paint(element, {
      title: t('dashboard.image.title', { month: formats.month(month) }),
      note: t('dashboard.image.note', { day: formats.day(asOf), time: formats.clock(asOf) }),
    })
    const url = URL.createObjectURL(blob)
    save(url, t('dashboard.image.file', { month }))
    setTimeout(() => URL.revokeObjectURL(url), 60_000)
  }
  const exportAs = (kind: ExportKind) => {
    if (!dashboard) return
    const { month, asOf } = dashboard
    if (kind === 'csv') return save(hrefOf(exportDashboard, { query: { month } }))
    image(month, asOf).catch(() => notify.failed({ title: t('dashboard.image.failed') }))
  }

  // A command of the palette asks by the address, and is answered once there is something to export.
  const answer = useEffectEvent((kind: ExportKind) => {
    done()
    exportAs(kind)
  })
  const ready = dashboard !== undefined
  useEffect(() => {
    if (asked && ready) answer(asked)
  }, [asked, ready])
  return exportAs
}

/** Without a name, the one the server gives. */
function save(href: string, name = ''): void {
  const link = document.createElement('a')
  link.href = href
  link.download = name
  link.click()
}
