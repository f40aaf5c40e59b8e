/** The mark a sealed file bears in its metadata, which a PDF/A holds in the clear; undefined where there is none. */
export function markIn(bytes: Uint8Array): string | undefined {
  const text = new TextDecoder('latin1').decode(bytes)
  return /urn:sha256:([0-9a-f]{64})/.exec(text)?.[1]
}
