/**
 * What our own mail server found about the sender (RFC 8601). Only the topmost of its lines counts: servers add theirs
 * above, so what a sender put there lies below, should it not have been taken out.
 */
import type { IncomingMail } from '../incoming.ts'
import { all, first, isAddress, type Head } from './headers.ts'

/** In place of a server's name, by who runs us: what is forged never gets past it. */
export const refusesForged = 'none'

/** @param from as `headers.ts` reads the sender: whom people see */
export function authenticOf(
  head: Head,
  from: string | null,
  ours: string | undefined,
): IncomingMail['authentic'] {
  if (from === null) return 'unknown'
  // Several senders, or several lines of them: whoever checks one may show the other (RFC 7489, section 6.6.1).
  const lines = all(head, 'from')
  if (lines.length !== 1 || onlyAddress(lines[0] ?? '') !== from) return 'fail'
  if (ours === undefined) return 'unknown'
  if (ours === refusesForged) return 'pass'
  const found = all(head, 'authentication-results')
    .map(findingsOf)
    .find(({ server }) => server === ours)
  return found ? vouchedFor(found.findings, domainOf(from)) : 'unknown'
}

/** Of what did not arrive nobody is told that it did not (RFC 5321, section 4.5.5). */
export function isFromNobody(head: Head): boolean {
  const [path] = all(head, 'return-path')
  if (path !== undefined) return path.replaceAll(/\s/g, '') === '<>'
  const isReport = /^multipart\/report\b.*delivery-status/i.test(first(head, 'content-type'))
  return isReport && /\b(?:mailer-daemon|postmaster)\b/i.test(first(head, 'from'))
}

function vouchedFor(findings: readonly Finding[], domain: string): IncomingMail['authentic'] {
  const of = (method: string) => findings.filter((finding) => finding.method === method)
  const dmarc = of('dmarc')
  // What was checked is another sender than the one people see.
  if (dmarc.some(({ about }) => ![undefined, domain].includes(about.get('header.from')))) return 'fail'
  if (dmarc.some(({ result }) => result === 'fail')) return 'fail'
  if (dmarc.some(({ result }) => result === 'pass')) return 'pass'
  // A policy that could not be looked up is not none.
  if (dmarc.some(({ result }) => result !== 'none' && result !== 'bestguesspass')) return 'unknown'
  const isAligned = (name: string | undefined) => name !== undefined && aligned(domainOf(name), domain)
  const theirs = [
    ...of('dkim').filter(({ about }) => isAligned(about.get('header.d') ?? about.get('header.i'))),
    ...of('spf').filter(({ about }) => isAligned(about.get('smtp.mailfrom'))),
  ]
  if (theirs.some(({ result }) => result === 'pass')) return 'pass'
  return theirs.some(({ result }) => result === 'fail') ? 'fail' : 'unknown'
}

/** Of the same domain, or of one below the other; of a whole country's nobody is. */
const aligned = (proven: string, seen: string) =>
  proven.includes('.') && (proven === seen || proven.endsWith(`.${seen}`) || seen.endsWith(`.${proven}`))

const domainOf = (address: string) => address.slice(address.lastIndexOf('@') + 1).toLowerCase()

/**
 * The one address of a sender's line that can be read in one way alone: bare, or in angles behind a name. Whatever names a
 * second one, or may to another program (lists, groups, angles that do not close), has none.
 */
function onlyAddress(line: string): string | null {
  const plain = withoutComments(line).trim()
  const [, inAngles] = /^[^<>@,;:]*<([^<>]+)>$/.exec(plain) ?? []
  const address = (inAngles ?? plain).trim().toLowerCase()
  return isAddress(address) ? address : null
}

type Finding = { method: string; result: string; about: Map<string, string> }

function findingsOf(value: string): { server: string; findings: Finding[] } {
  const [start = '', ...rest] = withoutComments(value.slice(0, 20_000)).split(';')
  const findings = rest.map((said): Finding => {
    const [[method = '', result = ''] = [], ...about] = said
      .trim()
      .toLowerCase()
      .split(/\s+/)
      .map((pair) => pair.split('=', 2))
    return {
      method: method.split('/')[0] ?? '',
      result,
      about: new Map(about.map(([a = '', b = '']) => [a, b])),
    }
  })
  return { server: (start.trim().split(/\s+/)[0] ?? '').toLowerCase(), findings }
}

/** Nor what is quoted, of which a mark stays: a sender's own words may stand in both. */
function withoutComments(value: string): string {
  let [depth, isQuoted, kept] = [0, false, '']
  for (let at = 0; at < value.length; at++) {
    const letter = value[at]
    if (letter === '\\' && (isQuoted || depth > 0)) at++
    else if (letter === '"' && depth === 0) {
      isQuoted = !isQuoted
      if (isQuoted) kept += letter
    } else if (isQuoted) continue
    else if (letter === '(') depth++
    else if (letter === ')') depth = Math.max(0, depth - 1)
    else if (depth === 0) kept += letter
  }
  return kept
}
