/** What changed within a text, word by word. */

export type Piece = { text: string; changed: boolean }

/** Above this many comparisons nobody reads the difference word by word: the middle counts as changed. */
const MOST = 250_000

export function textDiff(before: string, after: string): { before: Piece[]; after: Piece[] } {
  const old = before.match(/\s+|[^\s]+/g) ?? []
  const now = after.match(/\s+|[^\s]+/g) ?? []
  const shorter = Math.min(old.length, now.length)
  let head = 0
  while (head < shorter && old[head] === now[head]) head++
  let tail = 0
  while (tail < shorter - head && old.at(-1 - tail) === now.at(-1 - tail)) tail++
  const [oldMiddle, nowMiddle] = [old, now].map((words) => words.slice(head, words.length - tail)) as [
    string[],
    string[],
  ] // two in, two out
  const kept = inCommon(oldMiddle, nowMiddle)
  const pieces = (words: string[], middle: string[], keptAt: ReadonlySet<number>) =>
    joined([
      ...words.slice(0, head).map((text) => ({ text, changed: false })),
      ...middle.map((text, index) => ({ text, changed: !keptAt.has(index) })),
      ...words.slice(words.length - tail).map((text) => ({ text, changed: false })),
    ])
  return {
    before: pieces(old, oldMiddle, new Set(kept.map(([index]) => index))),
    after: pieces(now, nowMiddle, new Set(kept.map(([, index]) => index))),
  }
}

/** The longest common subsequence, as pairs of places. */
function inCommon(old: readonly string[], now: readonly string[]): [number, number][] {
  if (old.length * now.length > MOST) return []
  const width = now.length + 1
  const longest = new Uint32Array((old.length + 1) * width)
  const at = (i: number, j: number) => longest[i * width + j] ?? 0
  for (let i = old.length - 1; i >= 0; i--)
    for (let j = now.length - 1; j >= 0; j--)
      longest[i * width + j] = old[i] === now[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1))
  const pairs: [number, number][] = []
  for (let i = 0, j = 0; i < old.length && j < now.length;) {
    if (old[i] === now[j]) pairs.push([i++, j++])
    else if (at(i + 1, j) >= at(i, j + 1)) i++
    else j++
  }
  return pairs
}

/** Neighbours of one kind in one piece; the space between two changed words changed with them. */
function joined(pieces: readonly Piece[]): Piece[] {
  const whole: Piece[] = []
  for (const [index, { text, changed }] of pieces.entries()) {
    const bridges = !changed && /^\s+$/.test(text) && pieces[index - 1]?.changed && pieces[index + 1]?.changed
    const last = whole.at(-1)
    const isChanged = changed || Boolean(bridges)
    if (last && last.changed === isChanged) last.text += text
    else whole.push({ text, changed: isChanged })
  }
  return whole
}
