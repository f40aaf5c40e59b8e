/**
 * A bucket with object lock, as far as our witness asks for one: it checks Signature Version 4 by itself, from what
 * arrived on the wire, and refuses to write over anything.
 */
import { createHash, createHmac } from 'node:crypto'
import type { Heard, Reply } from './loopback.ts'

export type Stored = { body: string; mode: string; until: Date; type: string }

export function objectStore(on: { bucket: string; accessKey: string; secretKey: string; region: string }) {
  const objects = new Map<string, Stored>()

  function isSigned({ method, path, headers, body }: Heard): boolean {
    const [, access, day, region, names = '', signature] =
      /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/s3\/aws4_request, SignedHeaders=([^,]+), Signature=([0-9a-f]{64})$/.exec(
        headers.authorization ?? '',
      ) ?? []
    const payload = createHash('sha256').update(body).digest('hex')
    if (headers['x-amz-content-sha256'] !== payload || access !== on.accessKey || region !== on.region)
      return false
    // All that decides what is done must be signed.
    const signed = new Set(names.split(';'))
    const mustBe = ['host', ...Object.keys(headers).filter((name) => /^(x-amz-|if-none-match)/.test(name))]
    if (!mustBe.every((name) => signed.has(name))) return false
    const [pathname, query = ''] = path.split('?')
    const canonical = `${method}\n${pathname}\n${query}\n${[...signed]
      .map((name) => `${name}:${String(headers[name])}\n`)
      .join('')}\n${names}\n${payload}`
    const time = String(headers['x-amz-date'])
    const toSign = `AWS4-HMAC-SHA256\n${time}\n${day}/${region}/s3/aws4_request\n${createHash('sha256').update(canonical).digest('hex')}`
    let key = Buffer.from(`AWS4${on.secretKey}`)
    for (const part of [String(day), on.region, 's3', 'aws4_request', toSign])
      key = createHmac('sha256', key).update(part).digest()
    return time.startsWith(String(day)) && key.toString('hex') === signature
  }

  const refuse = (status: number, code: string): Reply => ({
    status,
    headers: { 'content-type': 'application/xml' },
    body: `<?xml version="1.0"?><Error><Code>${code}</Code><Message>${on.secretKey}</Message></Error>`,
  })

  return {
    objects,
    answer(heard: Heard): Reply {
      if (!isSigned(heard)) return refuse(403, 'SignatureDoesNotMatch')
      const { method, path, headers, body } = heard
      if (!path.startsWith(`/${on.bucket}/`)) return refuse(404, 'NoSuchBucket')
      const there = objects.get(path)
      if (method === 'GET') return there ? { status: 200, body: there.body } : refuse(404, 'NoSuchKey')
      if (method !== 'PUT') return refuse(405, 'MethodNotAllowed')
      const until = headers['x-amz-object-lock-retain-until-date']
      const checksum = createHash('sha256').update(body).digest('base64')
      if (until !== undefined && headers['x-amz-checksum-sha256'] === undefined)
        return refuse(400, 'InvalidRequest')
      if ((headers['x-amz-checksum-sha256'] ?? checksum) !== checksum) return refuse(400, 'BadDigest')
      if (headers['if-none-match'] === '*' && there) return refuse(412, 'PreconditionFailed')
      objects.set(path, {
        body: body.toString(),
        mode: String(headers['x-amz-object-lock-mode']),
        until: new Date(String(until)),
        type: String(headers['content-type']),
      })
      return { status: 200 }
    },
  }
}
