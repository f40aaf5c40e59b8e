/** How much there is in a password beside runs (`1234`, `azerty`, `aaaa`) and what it repeats. */

/** Whether there are so many characters, where a run of three or more, or three or more that stood before, count as one. */
export async function hasSubstance(text: string, enough: number): Promise<boolean> {
  const directions = await keyboards()
  const characters = [...text]
  const every = (rest: number) => characters.filter((_, at) => at % 2 === rest)
  const count = (among: readonly string[]) => pieces(among, directions, enough)
  // Taken apart, two walks at once show: `1a2z3e4r5t6y7u8i`.
  return Math.min(count(characters), count(every(0)) + count(every(1))) >= enough
}

/** Which way a step from one key to the next goes; undefined when they are no neighbours. */
type Direction = (from: string, to: string) => number | undefined

const alphabet: Direction = (from, to) => {
  const step = (to.codePointAt(0) ?? 0) - (from.codePointAt(0) ?? 0)
  return Math.abs(step) <= 1 ? step : undefined
}

/** Counted no further than there are enough of them. */
function pieces(characters: readonly string[], directions: readonly Direction[], enough: number): number {
  let count = 0
  for (let at = 0; at < characters.length && count < enough; count++) {
    const run = Math.max(...directions.map((direction) => runAt(characters, at, direction)))
    const again = repeatedAt(characters, at)
    at += run >= 3 || again >= 3 ? Math.max(run, again) : 1
  }
  return count
}

/** How far one goes on in the same direction. */
function runAt(characters: readonly string[], from: number, direction: Direction): number {
  const step = (at: number) => {
    const [here, next] = [characters[at], characters[at + 1]]
    return here === undefined || next === undefined ? undefined : direction(here, next)
  }
  const first = step(from)
  if (first === undefined) return 1
  let to = from + 1
  while (step(to) === first) to++
  return to - from + 1
}

/** How much of what begins here stood before. */
function repeatedAt(characters: readonly string[], from: number): number {
  const before = characters.slice(0, from).join('')
  let length = 0
  while (
    from + length < characters.length &&
    before.includes(characters.slice(from, from + length + 1).join(''))
  )
    length++
  return length
}

let known: Promise<readonly Direction[]> | undefined

/** The alphabet and the rows and columns of the keyboards people here have. */
function keyboards(): Promise<readonly Direction[]> {
  known ??= import('@zxcvbn-ts/language-common').then(({ adjacencyGraphs }) => [
    alphabet,
    ...[adjacencyGraphs.azerty, adjacencyGraphs.qwerty, adjacencyGraphs.qwertz, adjacencyGraphs.keypad].map(
      (graph: Readonly<Record<string, readonly (string | null)[]>>): Direction =>
        (from, to) => {
          const way = graph[from]?.findIndex((key) => key?.includes(to)) ?? -1
          return way === -1 ? undefined : way
        },
    ),
  ])
  return known
}
