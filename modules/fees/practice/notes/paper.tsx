import { useState } from 'react'
import { Skeleton } from '#platform/ui/skeleton.tsx'
import { useMessages } from '#platform/ui/messages.tsx'

type PaperProps = {
  /** The page as a picture. */
  src: string
  alt: string
  /** The page itself, opened where it is pressed: on a telephone it is read there. */
  pdf: string
}

/** A printed page in place: white in both themes, as paper is. */
export function Paper({ src, alt, pdf }: PaperProps) {
  const t = useMessages()
  const [settled, setSettled] = useState<string | null>(null)
  const settle = () => setSettled(src)
  return (
    <a
      href={pdf}
      target="_blank"
      rel="noreferrer"
      title={t('fees.note.open-pdf')}
      className="block overflow-hidden rounded-control border border-line bg-surface"
    >
      {settled === null && <Skeleton height={320} width="100%" />}
      <img src={src} alt={alt} className="block w-full" onLoad={settle} onError={settle} />
    </a>
  )
}
