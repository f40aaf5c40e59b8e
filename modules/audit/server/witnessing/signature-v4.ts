/** AWS Signature Version 4 in the Authorization header, as S3 and its likes ask for it. */
import { createHmac, hash } from 'node:crypto'

export type Credentials = { accessKey: string; secretKey: string; region: string; service: string }

/**
 * @param headers all that is to be signed besides host and date, names in lower case
 * @param payload SHA-256 of the body in hex
 * @returns the headers to send, `authorization` among them
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html
 */
export function signedHeaders(
  request: { method: string; url: URL; headers: Readonly<Record<string, string>>; payload: string },
  { accessKey, secretKey, region, service }: Credentials,
  at: Date,
): Record<string, string> {
  const { method, url, payload } = request
  const time = at.toISOString().replaceAll(/[-:]|\.\d{3}/g, '')
  const scope = [time.slice(0, 8), region, service, 'aws4_request']
  // fetch writes the host by itself, from the address.
  const headers = { ...request.headers, 'x-amz-date': time }
  const signed = Object.entries({ ...headers, host: url.host }).toSorted(byName)
  const names = signed.map(([name]) => name).join(';')
  const canonical = [
    method,
    pathOf(url),
    [...url.searchParams]
      .map(([name, value]) => `${encoded(name)}=${encoded(value)}`)
      .toSorted()
      .join('&'),
    ...signed.map(([name, value]) => `${name}:${value.trim().replaceAll(/ +/g, ' ')}`),
    '',
    names,
    payload,
  ].join('\n')
  const toSign = ['AWS4-HMAC-SHA256', time, scope.join('/'), hash('sha256', canonical)].join('\n')
  const key = scope.reduce<string | Buffer>((secret, part) => hmac(secret, part), `AWS4${secretKey}`)
  const signature = hmac(key, toSign).toString('hex')
  const credential = [accessKey, ...scope].join('/')
  return {
    ...headers,
    authorization: `AWS4-HMAC-SHA256 Credential=${credential}, SignedHeaders=${names}, Signature=${signature}`,
  }
}

const hmac = (key: string | Buffer, text: string) => createHmac('sha256', key).update(text).digest()

const byName = ([one]: [string, string], [other]: [string, string]) => (one < other ? -1 : 1)

/** S3 alone encodes a path once; each part as RFC 3986 has it. */
const pathOf = ({ pathname }: URL) =>
  pathname
    .split('/')
    .map((part) => encoded(decodeURIComponent(part)))
    .join('/')

const encoded = (text: string) =>
  encodeURIComponent(text).replaceAll(
    /[!'()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  )
