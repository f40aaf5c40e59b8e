/** Writes Markdown line by line: what opens gives back how it closes. */
import { linked } from './links.ts'
import { marks } from './marks.ts'
import type { Role } from './programs.ts'

/** Beyond what anybody reads of one mail, history and all. */
export const longest = 300_000
/** Bold in italics in links: more than these are not told apart. */
const stylesAtOnce = 6

type Style = { from: number; wrap: (text: string) => string }
type List = { ordered: boolean; next: number }

// oxlint-disable-next-line typescript/explicit-function-return-type
export function lineWriter(most = longest) {
  const done: string[] = []
  let length = 0
  /** The line that is being written, without what stands before it. */
  let line: string[] = []
  /** What begins it, as long as nothing else stands in it. */
  let lead = ''
  let quotes = 0
  let typed = 0
  const lists: List[] = []
  const styles: Style[] = []

  const put = (text: string) => {
    const written = ('> '.repeat(Math.min(quotes, 3)) + text).trimEnd()
    // Between paragraphs one empty line is as good as two.
    if (text.trim() === '' && (done.length === 0 || isBlank(done.at(-1)))) return
    done.push(written)
    length += written.length + 1
  }

  /** Ends the line that is being written, even one with nothing in it. */
  const breakLine = () => {
    if (lead !== '' && line.length === 0) return
    for (const style of styles.toReversed()) close(style)
    put(lead + line.join(''))
    line = []
    lead = ''
    for (const style of styles) style.from = 0
  }
  const endLine = () => {
    if (line.length > 0) breakLine()
  }
  const apart = () => {
    endLine()
    put('')
  }
  const close = ({ from, wrap }: Style) => {
    const inside = line.splice(from).join('')
    const words = inside.trim()
    if (words === '') line.push(...(inside === '' ? [] : [inside]))
    else {
      const at = inside.indexOf(words)
      line.push(inside.slice(0, at) + wrap(words) + inside.slice(at + words.length))
    }
  }
  const styled = (wrap: (text: string) => string) => {
    if (styles.length >= stylesAtOnce) return () => undefined
    const style = { from: line.length, wrap }
    styles.push(style)
    return () => {
      close(style)
      styles.splice(styles.indexOf(style), 1)
    }
  }
  const word = (text: string) => {
    if (text === '') return
    line.push(text)
  }

  return {
    breakLine,
    line: (text: string) => {
      apart()
      if (text !== '') put(text)
    },
    say(text: string) {
      if (typed > 0) {
        const [start = '', ...more] = text.split('\n')
        word(start)
        for (const next of more) {
          breakLine()
          word(next)
        }
        return
      }
      const words = text.replaceAll(/[ \t\n\f\r]+/g, ' ')
      const isAtGap = line.length === 0 || (line.at(-1) ?? '').endsWith(' ')
      word(isAtGap ? words.replace(/^ /, '') : words)
    },
    block(isApart: boolean) {
      if (lead !== '' && line.length === 0) return () => endLine()
      if (isApart) apart()
      else endLine()
      return isApart ? apart : endLine
    },
    heading(level: number) {
      apart()
      lead = `${'#'.repeat(level)} `
      return () => {
        endLine()
        lead = ''
        apart()
      }
    },
    list(ordered: boolean, start: number) {
      if (lists.length === 0) apart()
      else endLine()
      const list = { ordered, next: Number.isSafeInteger(start) && start > 0 && start < 999_999 ? start : 1 }
      lists.push(list)
      return () => {
        endLine()
        lead = ''
        lists.splice(lists.indexOf(list), 1)
        if (lists.length === 0) apart()
      }
    },
    item() {
      endLine()
      const list = lists.at(-1)
      const indent = ' '.repeat(Math.min(3, 2 * Math.max(0, lists.length - 1)))
      lead = `${indent}${list?.ordered ? `${list.next++}.` : '-'} `
      return () => {
        endLine()
        lead = ''
      }
    },
    quote() {
      apart()
      quotes++
      return () => {
        endLine()
        quotes--
        apart()
      }
    },
    asTyped() {
      apart()
      typed++
      return () => {
        typed--
        apart()
      }
    },
    /** Cells of one line are told apart; one that holds lines stands on its own. */
    cell() {
      if (line.length > 0 && lead === '') word(' | ')
    },
    style: (sign: '**' | '*') => styled((text) => (/[*[\]\n]/.test(text) ? text : sign + text + sign)),
    link: (href: string | null) => (href === null ? () => undefined : styled((text) => linked(text, href))),
    /** @returns what ends it */
    mark(role: Role) {
      const [begins, ends] = {
        history: [marks.history, undefined],
        quote: [marks.quoteBegins, marks.quoteEnds],
        signature: [marks.signatureBegins, marks.signatureEnds],
      }[role]
      endLine()
      done.push(begins ?? '')
      return () => {
        endLine()
        if (ends !== undefined) done.push(ends)
      }
    },
    isFull: () => length > most,
    written() {
      endLine()
      return done.join('\n')
    },
  }
}

const isBlank = (line: string | undefined) => line === undefined || /^[>\s]*$/.test(line)
