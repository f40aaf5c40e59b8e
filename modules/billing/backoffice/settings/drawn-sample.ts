import { useEffect, useState } from 'react'
import { previewSettings, type AppearanceSettings } from '#contract/billing'
import type { CallInput } from '#platform/contract/endpoint.ts'
import { call } from '#platform/ui/call.ts'

type Logo = NonNullable<AppearanceSettings['logo']>
type Sample = { picture: string | null }

/**
 * The sample invoice as a picture. A logo that nobody saved yet is too long for an address: the server leaves a space of its
 * proportions, and it is put there by the browser.
 * @returns null where it cannot be drawn, undefined while it is
 */
export function useDrawnSample(query: CallInput<typeof previewSettings>['query'], logo: Logo | null) {
  const [sample, setSample] = useState<Sample>()
  const of = JSON.stringify([query, logo])
  useEffect(() => {
    const left = new AbortController()
    draw(query, logo, left.signal).then(
      (picture) => setSample({ picture }),
      () => !left.signal.aborted && setSample({ picture: null }),
    )
    return () => left.abort()
    // What is asked for is told by its text: query and logo are made anew at every render.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [of])
  // The former one stays until another is drawn.
  return sample?.picture
}

async function draw(
  query: CallInput<typeof previewSettings>['query'],
  logo: Logo | null,
  signal: AbortSignal,
): Promise<string> {
  const size = logo && (await sizeOf(logo))
  const input = {
    query: {
      ...query,
      as: 'svg' as const,
      ...(size && { logo: 'space' as const, logoWidth: size.width, logoHeight: size.height }),
    },
  }
  // What streams is handed on as it came.
  const answer: Response = await call(previewSettings, input, signal)
  const drawn = await answer.text()
  const shown = logo ? drawn.replace(anyLogo, `$1${addressOf(logo)}"`) : drawn
  return `data:image/svg+xml,${encodeURIComponent(shown)}`
}

/** The one picture that a document bears. */
const anyLogo = /(<image[^>]*?href=")data:image\/[^"]*"/
const addressOf = ({ mediaType, base64 }: Logo) => `data:${mediaType};base64,${base64}`

async function sizeOf(logo: Logo): Promise<{ width: string; height: string }> {
  const image = new Image()
  image.src = addressOf(logo)
  await image.decode()
  const side = (pixels: number) => String(Math.min(Math.max(Math.round(pixels), 1), 99_999))
  return { width: side(image.naturalWidth), height: side(image.naturalHeight) }
}
