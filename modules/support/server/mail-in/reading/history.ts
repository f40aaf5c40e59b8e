/**
 * What is new in a mail, told apart from the history it repeats and from signatures. Nothing is thrown away: what is no
 * news is handed back beside it. In doubt a line is new (decision 0029).
 */
import { marks } from './marks.ts'
import {
  announcesQuote,
  beginsForward,
  beginsOlderMail,
  isOldHead,
  isProgramsOwn,
  isRule,
} from './phrases.ts'

type Kind = 'new' | 'blank' | 'history' | 'signature'
type Line = { text: string; kind: Kind; isMarked: boolean }

export function withoutHistory(
  markdown: string,
  mail: { isReply: boolean; isForward: boolean },
): { body: string; quoted: string } {
  const lines = linesOf(markdown, mail.isForward)
  if (!mail.isForward) cutOlderMail(lines)
  giveAnnouncements(lines)
  cutSignatures(lines)
  keepWhatIsAnswered(lines, mail.isReply)
  const told = (wanted: (line: Line) => boolean) => joined(lines.filter(wanted))
  const body = told(({ kind }) => kind === 'new' || kind === 'blank')
  const quoted = told(({ kind }) => kind === 'history' || kind === 'signature' || kind === 'blank')
  // All of it is history: then that is what it says.
  return body === '' ? { body: joined(lines), quoted: '' } : { body, quoted }
}

function linesOf(markdown: string, isForward: boolean): Line[] {
  const lines: Line[] = []
  let [quotes, signatures, isOlder, isHandedOn] = [0, 0, false, isForward]
  for (const text of markdown.split('\n')) {
    if (text === marks.history) isOlder ||= lines.some(({ kind }) => kind === 'new')
    else if (text === marks.quoteBegins) quotes++
    else if (text === marks.quoteEnds) quotes = Math.max(0, quotes - 1)
    else if (text === marks.signatureBegins) signatures++
    else if (text === marks.signatureEnds) signatures = Math.max(0, signatures - 1)
    else {
      isHandedOn ||= beginsForward(text)
      const isMarked = !isHandedOn && (isOlder || quotes > 0)
      const isOld = isMarked || (!isHandedOn && text.startsWith('>'))
      lines.push({ text, kind: kindOf(text, isOld, signatures > 0), isMarked })
    }
  }
  return lines
}

function kindOf(text: string, isOld: boolean, isSigned: boolean): Kind {
  if (text.trim() === '') return 'blank'
  if (isOld) return 'history'
  return isSigned ? 'signature' : 'new'
}

/** From where an older mail begins, all the rest; unless there is nothing above it. */
function cutOlderMail(lines: Line[]): void {
  const at = lines.findIndex((line, i) => line.kind === 'new' && isOlderFrom(lines, i))
  const isHandedOn = lines.slice(0, at).some(({ text }) => beginsForward(text))
  if (at < 0 || isHandedOn || !lines.slice(0, at).some(({ kind }) => kind === 'new')) return
  for (const line of lines.slice(at)) if (line.kind !== 'blank') line.kind = 'history'
}

function isOlderFrom(lines: readonly Line[], at: number): boolean {
  const text = lines[at]?.text ?? ''
  if (beginsOlderMail(text)) return true
  const following = () =>
    lines
      .slice(at, at + 14)
      .filter(({ kind }) => kind !== 'blank')
      .map((line) => line.text)
  if (isRule(text)) return isOldHead(following().slice(1, 8))
  return text.length < 300 && text.includes(':') && isOldHead(following().slice(0, 7))
}

/** The line above a quote that says whose words they are goes with it. */
function giveAnnouncements(lines: Line[]): void {
  for (let at = 1; at < lines.length; at++) {
    if (lines[at]?.kind !== 'history') continue
    let last = at - 1
    while (last >= 0 && lines[last]?.kind === 'blank') last--
    if (lines[last]?.kind !== 'new') continue
    for (let from = last; from > last - 4 && lines[from]?.kind === 'new'; from--) {
      const said = lines.slice(from, last + 1)
      if (!announcesQuote(said.map(({ text }) => text).join(' '))) continue
      for (const line of said) Object.assign(line, { kind: 'history', isMarked: true })
      for (let i = at; lines[i]?.kind === 'history' || lines[i]?.kind === 'blank'; i++)
        if (lines[i]?.kind === 'history') Object.assign(lines[i] as Line, { isMarked: true }) // it is there
      break
    }
  }
}

type Stretch = { isNew: boolean; isMarked: boolean; lines: Line[] }

/**
 * Quotes with answers between them stay where they are: without them the answers mean nothing. What follows the last
 * answer, and what stands once above or below it, is history. Of a mail that answers none, only what a program marked.
 */
function keepWhatIsAnswered(lines: Line[], isReply: boolean): void {
  const stretches: Stretch[] = []
  for (const line of lines) {
    if (line.kind === 'blank' || line.kind === 'signature') continue
    const isNew = line.kind !== 'history'
    const last = stretches.at(-1)
    if (last?.isNew === isNew) {
      last.lines.push(line)
      last.isMarked ||= line.isMarked
    } else stretches.push({ isNew, isMarked: line.isMarked, lines: [line] })
  }
  const old = stretches.filter(({ isNew }) => !isNew)
  // What stands last was answered by nothing.
  const answered = old.length > 1 ? old.filter((stretch) => stretch !== stretches.at(-1)) : []
  const unmarked = isReply ? [] : old.filter(({ isMarked }) => !isMarked)
  for (const stretch of [...answered, ...unmarked]) for (const line of stretch.lines) line.kind = 'new'
}

/** Longer than this it is no signature, whatever stands above it. */
const longestSignature = 20

function cutSignatures(lines: Line[]): void {
  for (let at = 0; at < lines.length; at++) {
    if (lines[at]?.kind !== 'new' || !/^--[ \u00A0]?$/.test(lines[at]?.text ?? '')) continue
    const below: Line[] = []
    for (
      let to = at;
      to < lines.length && lines[to]?.kind !== 'history' && below.length <= longestSignature;
      to++
    )
      if (lines[to]?.kind === 'new') below.push(lines[to] as Line) // it is there
    if (below.length > longestSignature) continue
    for (const line of below) line.kind = 'signature'
  }
  // The last words above the history, or of the whole mail.
  for (let at = lines.length - 1, left = 3; at >= 0 && left > 0; at--) {
    const line = lines[at] as Line // within
    if (line.kind !== 'new') continue
    if (!isProgramsOwn(line.text)) break
    line.kind = 'signature'
    left--
  }
}

const joined = (lines: readonly Line[]) =>
  lines
    .map(({ text }) => text.trimEnd())
    .join('\n')
    .replaceAll(/\n{3,}/g, '\n\n')
    .replaceAll(/^\n+|\n+$/g, '')
