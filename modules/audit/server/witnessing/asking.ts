import { WitnessTrouble } from './witness.ts'

export type Answer = { status: number; headers: Headers; text: string }

export type Ask = (
  url: string | URL,
  request: { method: string; headers?: Record<string, string>; body?: string },
) => Promise<Answer>

/** Answers of witnesses are a few lines. */
const longestAnswer = 64 * 1024

/**
 * One request over HTTP, to where it was sent and nowhere else: a redirection is not followed, since whoever sends us
 * elsewhere is not the witness that was chosen. It throws a WitnessTrouble that holds neither the address nor a header.
 * @param patienceMs who has not answered by then is asked again later
 */
export const openAsking =
  (patienceMs = 10_000): Ask =>
  async (url, request) => {
    try {
      const response = await fetch(url, {
        ...request,
        redirect: 'manual',
        signal: AbortSignal.timeout(patienceMs),
      })
      const text = await beginningOf(response)
      if (response.status >= 300 && response.status < 400)
        throw new WitnessTrouble('redirected', `HTTP ${response.status}`)
      return { status: response.status, headers: response.headers, text }
    } catch (error) {
      if (error instanceof WitnessTrouble) throw error
      if (error instanceof Error && error.name === 'TimeoutError')
        throw new WitnessTrouble('timed_out', `no answer within ${patienceMs / 1000} s`)
      throw new WitnessTrouble('unreachable', codeOf(error))
    }
  }

async function beginningOf({ body }: Response): Promise<string> {
  const chunks: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of body ?? []) {
    chunks.push(chunk)
    bytes += chunk.length
    // Leaving the loop lets go of the connection.
    if (bytes >= longestAnswer) break
  }
  return Buffer.concat(chunks).toString('utf8', 0, longestAnswer)
}

/** `ECONNREFUSED`, `CERT_HAS_EXPIRED`: the sentences beside such codes may repeat an address. */
function codeOf(error: unknown): string {
  const cause = error instanceof Error ? error.cause : undefined
  const code = typeof cause === 'object' && cause !== null && 'code' in cause ? cause.code : undefined
  return typeof code === 'string' ? code : 'no connection'
}
