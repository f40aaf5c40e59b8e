import { ExternalLink } from 'lucide-react'
import { Sheet } from '#platform/ui/dialog.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { buttonClass } from '#platform/ui/button.tsx'

type PreviewSheetProps = {
  /** The PDF's own address; it changes with what it shows. */
  href: string
  /** The same pages as a picture, for telephones and whatever else shows no PDF in a page. */
  picture?: string
  title: string
  onClose: () => void
}

/** What will be printed, beside what is typed: the PDF itself, where the browser shows one in place. */
export function PreviewSheet({ href, picture, title, onClose }: PreviewSheetProps) {
  const t = useMessages()
  return (
    <Sheet
      open
      wide
      onOpenChange={(open) => !open && onClose()}
      title={title}
      footer={
        <a href={href} target="_blank" rel="noreferrer" className={buttonClass({})}>
          <ExternalLink aria-hidden size={16} className="-ml-0.5 shrink-0" />
          {t('billing.editor.preview.open')}
        </a>
      }
    >
      {navigator.pdfViewerEnabled ? (
        <iframe
          key={href}
          src={href}
          title={title}
          className="h-[calc(100dvh-10rem)] w-full border border-line"
        />
      ) : picture ? (
        <img key={picture} src={picture} alt={title} className="w-full border border-line bg-white" />
      ) : (
        <p className="text-13 text-ink-muted">{t('billing.editor.preview.elsewhere')}</p>
      )}
    </Sheet>
  )
}
