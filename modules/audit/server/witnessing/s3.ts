/** A bucket with object lock: not even its owner can take a checkpoint back before its time. */
import { hash } from 'node:crypto'
import type { Clock } from '#platform/server/clock.ts'
import type { Answer, Ask } from './asking.ts'
import { isSame } from './folder.ts'
import type { Place } from './places.ts'
import { signedHeaders } from './signature-v4.ts'
import { WitnessTrouble, type Witness } from './witness.ts'

const dayMs = 24 * 3600_000

export function s3Witness(place: Extract<Place, { kind: 's3' }>, clock: Clock, ask: Ask): Witness {
  const { name, address, days } = place
  const credentials = { ...place, service: 's3' }

  /** Everything that is said is signed, the body by its digest. */
  function send(method: string, url: URL, more: Record<string, string> = {}, body?: string): Promise<Answer> {
    const payload = hash('sha256', body ?? '')
    const headers = signedHeaders(
      { method, url, headers: { ...more, 'x-amz-content-sha256': payload }, payload },
      credentials,
      clock.now(),
    )
    return ask(url, { method, headers, ...(body === undefined ? {} : { body }) })
  }

  return {
    name,
    kind: 's3',
    async hand({ size, note }) {
      const url = new URL(`${size}.checkpoint`, address)
      const until = new Date(clock.now().getTime() + days * dayMs)
      const put = await send(
        'PUT',
        url,
        {
          'content-type': 'text/plain; charset=utf-8',
          // Never over what is there: 412 then.
          'if-none-match': '*',
          // A put with a lock must bear a digest of its own.
          'x-amz-checksum-sha256': hash('sha256', note, 'base64'),
          'x-amz-object-lock-mode': 'COMPLIANCE',
          'x-amz-object-lock-retain-until-date': until.toISOString(),
        },
        note,
      )
      const keptAt = `${name}/${size}.checkpoint`
      if (put.status === 200) return { keptAt }
      if (put.status !== 412) throw troubleOf(put)
      const there = await send('GET', url)
      if (there.status !== 200) throw troubleOf(there)
      if (!isSame(there.text, note))
        throw new WitnessTrouble(
          'contradiction',
          `${size}.checkpoint is there and says something else than our log`,
        )
      return { keptAt }
    },
  }
}

/** S3 names what it refuses in XML: `<Code>AccessDenied</Code>`. */
function troubleOf({ status, text }: Answer): WitnessTrouble {
  const [, code] = /<Code>([A-Za-z]{1,60})<\/Code>/.exec(text) ?? []
  const isTheirs = status >= 500 || status === 409
  return new WitnessTrouble(isTheirs ? 'failed' : 'refused', `HTTP ${status}${code ? ` ${code}` : ''}`)
}
