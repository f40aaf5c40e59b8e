/** AUDIT_WITNESSES: who else keeps our checkpoints. What is wrong is said at start, in sentences without the secrets. */
import { fileURLToPath } from 'node:url'
import { ConfigError } from '#platform/server/config.ts'
import { KeyError, parseVkey, signatureTypes, type Vkey } from '../tree/keys.ts'

/** `name` is the place without its secrets: what people see, and what the database knows it by. */
export type Place =
  | { kind: 'folder'; name: string; folder: string }
  | {
      kind: 's3'
      name: string
      /** `https://host/bucket/prefix/`; objects are addressed by path, which every S3 knows. */
      address: string
      accessKey: string
      secretKey: string
      region: string
      /** For how long nobody may delete what we put there. */
      days: number
    }
  | { kind: 'http'; name: string; prefix: string; vkey: Vkey }
  | { kind: 'mail'; name: string; email: string }

/** A place that signs, with a key of its own. */
export type Signing = Extract<Place, { kind: 'http' }>

export const signingOf = (places: readonly Place[]): Signing[] =>
  places.filter((place) => place.kind === 'http')

/** @throws {ConfigError} with a sentence for each place that cannot be read */
export function readPlaces(texts: readonly string[]): Place[] {
  const problems: string[] = []
  const places = texts.flatMap((text, at) => {
    try {
      return readPlace(text)
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error
      problems.push(`AUDIT_WITNESSES, place ${at + 1}: ${error.message}.`)
      return []
    }
  })
  const twice = places.find(({ name }, at) => places.findIndex((other) => other.name === name) < at)
  if (twice) problems.push(`AUDIT_WITNESSES names ${twice.name} twice.`)
  if (problems.length > 0) throw new ConfigError(problems)
  return places
}

class Unreadable extends Error {}

function readPlace(text: string): Place {
  const url = URL.parse(text)
  switch (url?.protocol) {
    case 'folder:':
      return folder(url)
    case 's3:':
      return s3(url)
    case 'http:':
    case 'https:':
      return http(url)
    case 'mailto:':
      return mail(url)
    default:
      throw new Unreadable(
        'it must begin with folder:///, s3://, https://, http:// or mailto:, and its special characters be written as %..',
      )
  }
}

function folder(url: URL): Place {
  if (url.host !== '' || url.search !== '' || url.hash !== '' || url.pathname.length < 2)
    throw new Unreadable('a folder is written folder:///absolute/path')
  const path = fileURLToPath(`file://${url.pathname}`)
  return { kind: 'folder', name: `folder://${url.pathname}`, folder: path }
}

function s3(url: URL): Place {
  const [, bucket = '', prefix = ''] = /^\/([^/]+)\/?(.*?)\/*$/.exec(url.pathname) ?? []
  const {
    region = 'us-east-1',
    days = '3650',
    insecure = '0',
    ...others
  } = Object.fromEntries(url.searchParams)
  const accessKey = decoded(url.username)
  const secretKey = decoded(url.password)
  if (!accessKey || !secretKey)
    throw new Unreadable(
      's3://KEY:SECRET@host/bucket needs its key and its secret, / and @ written as %2F and %40',
    )
  if (url.hostname === '') throw new Unreadable('s3://KEY:SECRET@host/bucket needs its host')
  if (!/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(bucket))
    throw new Unreadable('the first part of the path after the host of S3 must be a bucket')
  if (!/^[\w./-]*$/.test(prefix))
    throw new Unreadable('what follows the bucket may hold letters without accents, figures and . _ - / only')
  if (!/^[a-z0-9-]+$/.test(region)) throw new Unreadable('region must be one of S3, such as eu-west-3')
  if (!/^\d{1,5}$/.test(days) || Number(days) < 1)
    throw new Unreadable('days must be a whole number of at least 1: how long nobody may delete a checkpoint')
  if (!/^[01]$/.test(insecure))
    throw new Unreadable('insecure must be 1, for http instead of https, or be left out')
  if (Object.keys(others).length > 0 || url.hash !== '')
    throw new Unreadable('after the ? of S3 only region, days and insecure are known')
  const place = [url.host, bucket, ...(prefix ? [prefix] : [])].join('/')
  const address = `${insecure === '1' ? 'http' : 'https'}://${place}/`
  return { kind: 's3', name: `s3://${place}`, address, accessKey, secretKey, region, days: Number(days) }
}

function http(url: URL): Place {
  if (url.username !== '' || url.search !== '')
    throw new Unreadable('the address of a witness has neither a user nor a ? (C2SP tlog-witness)')
  const prefix = `${url.origin}${url.pathname.replace(/\/+$/, '')}`
  return { kind: 'http', name: prefix, prefix, vkey: witnessKey(decoded(url.hash.slice(1))) }
}

function witnessKey(text: string | undefined): Vkey {
  if (!text) throw new Unreadable('the key of the witness must stand after the # of its address, as its vkey')
  try {
    const vkey = parseVkey(text)
    if (vkey.type !== signatureTypes.cosignature)
      throw new Unreadable(
        'the key after # is no key of a witness: its type must be 04 (C2SP tlog-cosignature)',
      )
    return vkey
  } catch (error) {
    if (error instanceof KeyError) throw new Unreadable(`the key after # cannot be read: ${error.message}`)
    throw error
  }
}

function mail(url: URL): Place {
  const email = decoded(url.pathname) ?? ''
  if (!/^[^\s@"(),:;<>[\]\\]+@[a-z0-9.-]+$/i.test(email) || url.search !== '')
    throw new Unreadable('a daily mail is written mailto:somebody@example.com')
  return { kind: 'mail', name: `mailto:${email}`, email }
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text)
  } catch {
    return undefined
  }
}
