import { useState } from 'react'
import { Skeleton } from '#platform/ui/skeleton.tsx'

/** A printed page in place: white in both themes, as paper is. */
export function Paper({ src, alt }: { src: string; alt: string }) {
  const [come, setCome] = useState<string | null>(null)
  return (
    <div className="overflow-hidden rounded-control border border-line bg-surface">
      {come === null && <Skeleton height={320} width="100%" />}
      <img
        src={src}
        alt={alt}
        className="block w-full"
        onLoad={() => setCome(src)}
        onError={() => setCome(src)}
      />
    </div>
  )
}
