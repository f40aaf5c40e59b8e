/** A text with a part of it selected, as a text field holds them. */
export type Selected = { text: string; start: number; end: number }

/** Puts marks round what is selected, or takes them away where they stand already. */
const toggle =
  (mark: '**' | '*') =>
  ({ text, start, end }: Selected): Selected => {
    const { length } = mark
    const inside = text.slice(start, end)
    const before = /\**$/.exec(text.slice(0, start))?.[0].length ?? 0
    const after = /^\**/.exec(text.slice(end))?.[0].length ?? 0
    // Two stars are bold, one is italic, three are both.
    const has = (stars: number) => (length === 2 ? stars >= 2 : stars % 2 === 1)
    return has(before) && has(after)
      ? {
          text: text.slice(0, start - length) + inside + text.slice(end + length),
          start: start - length,
          end: end - length,
        }
      : {
          text: text.slice(0, start) + mark + inside + mark + text.slice(end),
          start: start + length,
          end: end + length,
        }
  }

export const toggleBold = toggle('**')
export const toggleItalic = toggle('*')

/** Begins each selected line so, or no more where each does already. */
export function togglePrefix({ text, start, end }: Selected, prefix: '# ' | '- ' | '> '): Selected {
  const from = text.lastIndexOf('\n', start - 1) + 1
  const after = text.indexOf('\n', end)
  const to = after === -1 ? text.length : after
  const lines = text.slice(from, to).split('\n')
  const all = lines.every((line) => line.startsWith(prefix))
  const changed = lines.map((line) => (all ? line.slice(prefix.length) : `${prefix}${line}`)).join('\n')
  const end2 = from + changed.length
  return {
    text: text.slice(0, from) + changed + text.slice(to),
    start: lines.length === 1 ? end2 : from,
    end: end2,
  }
}

/** What is selected leads somewhere: the address stands selected, to be typed or pasted. */
export function asLink({ text, start, end }: Selected): Selected {
  const words = text.slice(start, end)
  const isAddress = /^https:\/\/\S+$/.test(words)
  const said = isAddress ? '' : words
  const href = isAddress ? words : 'https://'
  const at = isAddress ? start + 1 : start + said.length + 3
  return {
    text: `${text.slice(0, start)}[${said}](${href})${text.slice(end)}`,
    start: at,
    end: isAddress ? at : at + href.length,
  }
}

/** A line break within a list goes on with it; on an empty point it ends the list. Undefined: a line break as ever. */
export function continueList({ text, start, end }: Selected): Selected | undefined {
  if (start !== end) return undefined
  const from = text.lastIndexOf('\n', start - 1) + 1
  const line = text.slice(from, start)
  const [whole, dash, number, rest = ''] = /^(?:( {0,3}- )|(\d{1,6})\. )(.*)$/.exec(line) ?? []
  if (whole === undefined) return undefined
  if (rest.trim() === '') return { text: text.slice(0, from) + text.slice(start), start: from, end: from }
  const next = dash ?? `${Number(number) + 1}. `
  const at = start + 1 + next.length
  return { text: `${text.slice(0, start)}\n${next}${text.slice(start)}`, start: at, end: at }
}
