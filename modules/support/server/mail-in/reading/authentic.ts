/**
 * What our own mail server found about the sender (RFC 8601). Only the topmost of its lines counts: servers add theirs
 * above, so what a sender put there lies below, should it not have been taken out.
 */
import type { IncomingMail } from '../incoming.ts'
import { all, type Head } from './headers.ts'

export function authenticOf(
  head: Head,
  from: string | null,
  ours: string | undefined,
): IncomingMail['authentic'] {
  if (ours === undefined || from === null) return 'unknown'
  // Several senders, or several lines of them: whoever checks one may show the other (RFC 7489, section 6.6.1).
  if (all(head, 'from').length !== 1) return 'fail'
  const found = all(head, 'authentication-results')
    .map(findingsOf)
    .find(({ server }) => server === ours)
  if (!found) return 'unknown'
  const domain = from.slice(from.lastIndexOf('@') + 1)
  const of = (method: string) => found.findings.filter((finding) => finding.method === method)
  const dmarc = of('dmarc').find(({ about }) => [undefined, domain].includes(about.get('header.from')))
  if (dmarc?.result === 'pass' || dmarc?.result === 'fail') return dmarc.result
  const isTheirs = (name: string | undefined) =>
    name !== undefined && name.slice(name.lastIndexOf('@') + 1).toLowerCase() === domain
  const dkim = of('dkim').filter(({ about }) => isTheirs(about.get('header.d') ?? about.get('header.i')))
  const spf = of('spf').filter(({ about }) => isTheirs(about.get('smtp.mailfrom')))
  if ([...dkim, ...spf].some(({ result }) => result === 'pass')) return 'pass'
  return [...dkim, ...spf].some(({ result }) => result === 'fail') ? 'fail' : 'unknown'
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

/** Comments, and what is quoted: a sender's own words may stand in both. */
function withoutComments(value: string): string {
  let [depth, isQuoted, kept] = [0, false, '']
  for (let at = 0; at < value.length; at++) {
    const letter = value[at]
    if (letter === '\\' && (isQuoted || depth > 0)) at++
    else if (letter === '"' && depth === 0) isQuoted = !isQuoted
    else if (isQuoted) continue
    else if (letter === '(') depth++
    else if (letter === ')') depth = Math.max(0, depth - 1)
    else if (depth === 0) kept += letter
  }
  return kept
}
