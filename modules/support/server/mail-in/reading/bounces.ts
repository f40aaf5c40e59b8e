/** What mail servers say of a mail of ours that did not arrive: as RFC 3464 has it, or in the words of those that do not. */
import type { Bounce } from '../incoming.ts'
import { inOneLine, lettersOf, plain } from './charsets.ts'
import type { Contents } from './contents.ts'
import { first, isAddress, messageIds, words, type Head } from './headers.ts'
import { bytesOf } from './parts.ts'

export function bounceOf(head: Head, { report }: Contents, text: string): Bounce | null {
  const told = report?.status ? fromReport(lettersOf(bytesOf(report.status, 200_000), 'utf-8')) : undefined
  // Relayed, delivered, expanded: a report that all is well.
  if (told === 'arrived') return null
  if (!told && !isPostmaster(head)) return null
  const original = report?.original ? lettersOf(bytesOf(report.original, 100_000), 'utf-8') : text
  const rest = told ?? fromWords(head, text)
  return rest ? { ...rest, originalMessageId: originalIdOf(original, head) } : null
}

type Told = Omit<Bounce, 'originalMessageId'>

/** Groups of fields, the first about the mail, each other about one recipient. */
function fromReport(status: string): Told | 'arrived' | undefined {
  const groups = plain(status)
    .replaceAll(/\n[ \t]+/g, ' ')
    .split(/\n{2,}/)
    .map((group) => new Map(group.split('\n').map(fieldOf)))
    .filter((group) => group.has('final-recipient') || group.has('original-recipient'))
  const failed =
    groups.find((group) => group.get('action')?.toLowerCase() === 'failed') ??
    groups.find((group) => group.get('action')?.toLowerCase() === 'delayed') ??
    groups.find((group) => !group.has('action'))
  if (!failed) return groups.length > 0 ? 'arrived' : undefined
  const named = failed.get('final-recipient') ?? failed.get('original-recipient') ?? ''
  const recipient = named
    .replace(/^[^;]*;/, '')
    .trim()
    .replaceAll(/^<|>$/g, '')
    .toLowerCase()
  const said = failed.get('diagnostic-code') ?? ''
  const status_ = statusIn(failed.get('status') ?? '') ?? statusIn(said)
  return {
    recipient: isAddress(recipient) ? recipient : null,
    status: status_,
    said: inOneLine(said.replace(/^[a-z0-9-]{1,20}\s*;/i, ''), 500),
  }
}

function fieldOf(line: string): [string, string] {
  const at = line.indexOf(':')
  return [line.slice(0, Math.max(0, at)).trim().toLowerCase(), line.slice(at + 1).trim()]
}

function isPostmaster(head: Head): boolean {
  const from = first(head, 'from').toLowerCase()
  return (
    first(head, 'x-failed-recipients') !== '' ||
    (/\b(?:mailer-daemon|postmaster|mail delivery (?:system|subsystem))\b/.test(from) &&
      /undeliver|delivery|returned|failure|non remis|échec|unzustellbar|rejected|nicht zustell/i.test(
        words(first(head, 'subject')),
      ))
  )
}

function fromWords(head: Head, text: string): Told | undefined {
  const said = text.slice(0, 5_000)
  const named = first(head, 'x-failed-recipients').split(',')[0] ?? ''
  const [address] = /[^\s<>"'(),;:[\]\\]{1,64}@[a-z0-9.-]{1,200}\.[a-z]{2,24}/i.exec(named || said) ?? []
  const recipient = (address ?? '').toLowerCase()
  const lines = said.split('\n')
  const why = lines.find((line) => statusIn(line) !== null || /\b[45]\d\d[ -]/.test(line)) ?? ''
  return {
    recipient: isAddress(recipient) ? recipient : null,
    status: statusIn(why),
    said: inOneLine(why, 500),
  }
}

function statusIn(text: string): string | null {
  return /(?:^|[^\d.])([45]\.\d{1,3}\.\d{1,3})(?![\d.]*\d)/.exec(text.slice(0, 2_000))?.[1] ?? null
}

/** Of the mail that comes back with it; else what it says it answers. */
function originalIdOf(original: string, head: Head): string | null {
  const [, id] = /^message-id:\s*(<[^<>\s]{1,990}>)/im.exec(original) ?? []
  const named = [id ?? '', first(head, 'in-reply-to'), first(head, 'references').split(/\s+/).at(-1) ?? '']
  return named.flatMap((value) => messageIds(value, 1))[0] ?? null
}
